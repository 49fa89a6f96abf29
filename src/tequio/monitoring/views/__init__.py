"""The public pages of follow-up: the dashboard, what is embedded elsewhere, and the images that chats show."""
