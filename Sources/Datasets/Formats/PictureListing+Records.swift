extension PictureListing.Item {
    /// What is known of the picture: its path, its class, its captions or else the class's name as one.
    func record(classNames: [String]) -> ExampleRecord {
        let isNumber = label.map { classNames.indices.contains($0) && Int(classNames[$0]) == $0 }
        guard captions.isEmpty, let label, classNames.indices.contains(label), isNumber == false
        else {
            return ExampleRecord(
                identifier: path,
                label: label,
                values: values,
                captions: captions
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
