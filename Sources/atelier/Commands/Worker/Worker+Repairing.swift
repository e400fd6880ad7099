import Foundation
import Generation
import Imaging
import Runs

extension Worker {
    /// Makes pictures larger.
    ///
    /// - Parameter job: The order.
    /// - Throws: What is wrong with it.
    func upscale(_ job: WorkerJob) throws {
        try job.order.check(pictures: 1...1000, numbers: ["times": 2...4])
        let times = try job.order.whole("times") ?? 2
        guard times != 3 else { throw WorkerProblem.expected("2 or 4", "times", found: "3") }
        try repair(job, .upscale) { try $0.upscaled($1, times: times, name: $2) }
    }

    /// Makes damaged pictures whole.
    ///
    /// - Parameter job: The order.
    /// - Throws: What is wrong with it.
    func restore(_ job: WorkerJob) throws {
        try job.order.check(pictures: job.order.mask == nil ? 1...1000 : 1...1)
        let mask = try job.order.readMask()
        try repair(job, .restore) { try $0.repaired($1, mask, name: $2) }
    }

    /// Repairs pictures one after the other; they are called by the order's indices, or by their places.
    private func repair(
        _ job: WorkerJob,
        _ bundled: BundledModel,
        repair: (GeneratorModel, Picture, String) throws -> Drawing
    ) throws {
        var order = job.order
        if order.indices.isEmpty { order.indices = Array(order.pictures.indices) }
        guard order.indices.count == order.pictures.count else {
            throw WorkerProblem.expected(
                "one for each picture, or none",
                "indices",
                found: "\(order.indices.count)"
            )
        }
        try order.checkPlaces()
        let model = try model(of: order, or: bundled)
        for (number, (file, index)) in zip(order.files, order.indices).enumerated() {
            let name = file.lastPathComponent
            var drawing = try repair(model, try Picture(contentsOf: file), name)
            // What the picture shows is still what was asked for.
            let before = try? PictureMetadata(contentsOf: file).drawing(name)
            drawing.record.prompt = before?.prompt ?? before?.className
            try job.show(drawing, as: index)
            job.progress(Double(number + 1) / Double(order.pictures.count))
        }
    }
}
