"""What people do with report cycles besides their forms: rules by hand, reports on a matter, giving back, reopening."""
