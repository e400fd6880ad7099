import Foundation

extension EventWriter {
    /// Adds pictures of one size under one tag.
    ///
    /// TensorBoard keeps ten steps of a tag unless told otherwise, so a grid is better written as
    /// one picture, and once a snapshot.
    ///
    /// - Parameters:
    ///   - tag: The name, such as `fakes`.
    ///   - pngs: Encoded pictures.
    ///   - width: Columns of every picture.
    ///   - height: Rows of every picture.
    ///   - step: The step.
    public func images(_ tag: String, _ pngs: [Data], width: Int, height: Int, step: Int) {
        guard !pngs.isEmpty else { return }
        var value = BoardValue()
        value.tensor.elementType = .string
        value.tensor.strings = [Data("\(width)".utf8), Data("\(height)".utf8)] + pngs
        value.tensor.shape = shape(pngs.count + 2)
        append([(tag, value, metadata("images", .blobSequence))], step: step)
    }
}
