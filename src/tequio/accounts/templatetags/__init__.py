"""What templates of any room may say of accounts."""
