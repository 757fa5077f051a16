"""What tests share: small indices, broken folders, figures from outside."""
