import Foundation
import Generation
import Imaging
import Requests

/// An order of pictures that is being followed: tells how far it is and writes its pictures.
final class WorkerJob {
    private let id: String
    private let output: WorkerOutput
    private let folder: URL
    private let appeal: String
    private var share = 0.0
    private var told: ContinuousClock.Instant?

    /// How often progress is told at most.
    private static let pause = Duration.milliseconds(100)

    /// An order of which nothing is done.
    ///
    /// - Parameters:
    ///   - id: Of the order.
    ///   - folder: Where its pictures go.
    ///   - appeal: What is said to who thinks that a picture is kept back wrongly.
    ///   - output: Who is told.
    /// - Throws: `RequestProblem` for no folder.
    init(_ id: String, folder: String, appeal: String, _ output: WorkerOutput) throws {
        guard !folder.isEmpty else {
            throw RequestProblem("folder", expects: "the path of a folder", found: "nothing")
        }
        (self.id, self.appeal, self.output) = (id, appeal, output)
        self.folder = URL(filePath: folder, directoryHint: .isDirectory)
    }

    /// Passes on what happens.
    ///
    /// - Throws: `ImagingError.notWritten`.
    func tell(_ event: PictureEvent) throws {
        switch event {
        case .progress(let done): progress(done)
        case .preview(let index, let number, let share, let picture):
            preview(index, number, share, picture)
        case .picture(let index, let drawing): try show(drawing, as: index)
        case .blocked(let index, let kind): block(index, showing: kind)
        case .note: break
        }
    }

    /// Tells how much is done, from 0 to 1; never less than before, and not too often.
    private func progress(_ done: Double) {
        share = max(share, min(done, 1))
        let now = ContinuousClock.now
        if let told, now - told < WorkerJob.pause { return }
        told = now
        var reply = WorkerReply(.progress, to: id)
        reply.share = share
        output.send(reply)
    }

    /// Writes a finished picture and tells of it.
    private func show(_ drawing: Drawing, as index: Int) throws {
        let metadata = try drawing.metadata()
        var reply = WorkerReply(.picture, to: id)
        reply.index = index
        let file = try place(of: "\(index).png")
        try drawing.picture.write(to: file, metadata: metadata)
        reply.file = file.path
        (reply.width, reply.height) = (drawing.picture.width, drawing.picture.height)
        reply.record = metadata.record
        output.send(reply)
    }

    /// Tells that a picture is not shown.
    private func block(_ index: Int, showing kind: String) {
        var reply = WorkerReply(.blocked, to: id)
        reply.index = index
        reply.categories = [kind]
        reply.message =
            "picture \(index) is blocked: it shows \(kind)." + (appeal.isEmpty ? "" : " \(appeal)")
        output.send(reply)
    }

    /// Writes a picture as far as it is drawn and tells of it.
    private func preview(_ index: Int, _ number: Int, _ share: Double, _ picture: Picture) {
        var reply = WorkerReply(.preview, to: id)
        (reply.index, reply.share) = (index, share)
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
