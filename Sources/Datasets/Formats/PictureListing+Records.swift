extension PictureListing.Item {
    /// What is known of the picture: its path, its class, and the class's name as caption.
    func record(classNames: [String]) -> ExampleRecord {
        let isNumber = label.map { classNames.indices.contains($0) && Int(classNames[$0]) == $0 }
        guard let label, classNames.indices.contains(label), isNumber == false else {
            return ExampleRecord(
                identifier: path,
                label: label,
                values: values
            )
        }
        let words = classNames[label].replacing("_", with: " ")
        return ExampleRecord(
            identifier: path,
            label: label,
            captions: [Caption(language: "en", text: words)]
        )
    }
}
