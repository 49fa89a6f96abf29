"""An open-government exercise: its phases, calls, registrations, events and source documents."""
