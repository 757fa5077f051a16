"""The methods: one module per step of the pipeline, one class per method, arrays in and out."""
