/// Keeps what is computed for nothing from being left out.
@inline(never)
func keep<T>(_ value: T) {}
