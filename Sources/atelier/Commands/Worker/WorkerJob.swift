import Foundation
import Generation
import Imaging
import Runs

/// An order that is being followed: tells how far it is and writes its pictures.
final class WorkerJob {
    /// What was ordered.
    let order: WorkerOrder
    private let output: WorkerOutput
    private let folder: URL
    private var share = 0.0
    private var told: ContinuousClock.Instant?

    /// How often progress is told at most.
    private static let pause = Duration.milliseconds(100)

    /// An order of which nothing is done.
    init(_ order: WorkerOrder, _ output: WorkerOutput) {
        (self.order, self.output) = (order, output)
        folder = URL(filePath: order.folder, directoryHint: .isDirectory)
    }

    /// Tells how much is done, from 0 to 1; never less than before, and not too often.
    func progress(_ done: Double) {
        share = max(share, min(done, 1))
        let now = ContinuousClock.now
        if let told, now - told < WorkerJob.pause { return }
        told = now
        var reply = WorkerReply(.progress, to: order.id)
        reply.share = share
        output.send(reply)
    }

    /// Writes a finished picture and tells of it.
    ///
    /// - Parameters:
    ///   - drawing: The picture with its record.
    ///   - index: What it is called by.
    /// - Throws: `ImagingError.notWritten`.
    func show(_ drawing: Drawing, as index: Int) throws {
        let metadata = try drawing.metadata()
        var reply = WorkerReply(.picture, to: order.id)
        reply.index = index
        let file = try place(of: "\(index).png")
        try drawing.picture.write(to: file, metadata: metadata)
        reply.file = file.path
        (reply.width, reply.height) = (drawing.picture.width, drawing.picture.height)
        reply.record = metadata.record
        output.send(reply)
    }

    /// Tells that a picture is not shown.
    func block(_ index: Int, showing kind: String, appeal: String) {
        var reply = WorkerReply(.blocked, to: order.id)
        reply.index = index
        reply.categories = [kind]
        reply.message =
            "picture \(index) is blocked: it shows \(kind)." + (appeal.isEmpty ? "" : " \(appeal)")
        output.send(reply)
    }

    /// Answers a question.
    func answer(_ answer: WorkerAnswer) {
        var reply = WorkerReply(.answer, to: order.id)
        reply.answer = answer
        output.send(reply)
    }

    /// What is shown on the way; nothing where no previews are wanted.
    var previews: DrawingPreviews? {
        guard order.previews > 0 else { return nil }
        let share = DrawingPreviews(order.previews) { _, _, _ in }.share
        return DrawingPreviews(order.previews) { [self] index, number, picture in
            var reply = WorkerReply(.preview, to: order.id)
            (reply.index, reply.share) = (index, share(number))
            (reply.width, reply.height) = (picture.width, picture.height)
            do {
                let file = try place(of: "\(index)-preview-\(number).png")
                // One that a crash takes along is not missed, so it need not reach the disk at once.
                try picture.encoded(as: .png, metadata: PictureMetadata())
                    .write(to: file, options: .atomic)
                reply.file = file.path
                output.send(reply)
            } catch {
                // The picture itself can still come, or says why not.
                Console.warn("\(error)")
            }
        }
    }

    /// The place of a picture; its folder is made where there is none.
    private func place(of name: String) throws -> URL {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw ImagingError.notWritten(name: folder.path, reason: error.localizedDescription)
        }
        return folder.appending(path: name)
    }
}
