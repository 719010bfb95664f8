"""What comes into a library from elsewhere: tables, Popolo files and other libraries."""
