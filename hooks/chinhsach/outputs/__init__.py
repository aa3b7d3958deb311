"""What the site serves: pages, lists, feeds and data, each as paths with their content."""
