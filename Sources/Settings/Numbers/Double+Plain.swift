extension Double {
    /// The number without a fraction that is zero.
    package var plain: String {
        let text = "\(self)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
