import Foundation
import Generation
import Imaging
import Prompts
import Runs

extension Worker {
    /// What an edit draws some results of: the model, the pictures and their names, what is asked for,
    /// and whom to tell how much is drawn.
    private typealias Draw = (
        GeneratorModel, [Picture], [String], DrawingRequest, @escaping (Double) -> Void
    ) throws -> [Drawing]

    /// Draws variations.
    ///
    /// - Parameter job: The order.
    /// - Throws: What is wrong with it.
    func vary(_ job: WorkerJob) throws {
        try job.order.check(pictures: 1...1, numbers: ["size": Worker.sides, "strong": 0...1])
        let isStrong = try job.order.whole("strong") != 0
        try edit(job) { [self] model, pictures, names, request, watch in
            try model.variations(
                of: pictures[0],
                name: names[0],
                isStrong ? .strong : .subtle,
                request,
                previews: previews(of: job),
                watch: watch
            )
        }
    }

    /// Draws anew what a mask hides.
    ///
    /// - Parameter job: The order.
    /// - Throws: What is wrong with it.
    func inpaint(_ job: WorkerJob) throws {
        try job.order.check(pictures: 1...1, numbers: ["size": Worker.sides])
        guard let mask = try job.order.readMask() else {
            throw WorkerProblem.expected("a file for 'inpaint'", "mask", found: "nothing")
        }
        try edit(job, oneByOne: true) { model, pictures, names, request, _ in
            try model.inpainted(pictures[0], mask, name: names[0], request)
        }
    }

    /// Draws more around a picture.
    ///
    /// - Parameter job: The order.
    /// - Throws: What is wrong with it.
    func outpaint(_ job: WorkerJob) throws {
        let order = job.order
        try order.check(
            pictures: 1...1,
            numbers: [
                "size": Worker.sides, "zoom": 1...2, "left": 0...4096, "right": 0...4096,
                "top": 0...4096, "bottom": 0...4096,
            ]
        )
        var margins = PictureMargins()
        margins.left = try order.whole("left") ?? 0
        margins.right = try order.whole("right") ?? 0
        margins.top = try order.whole("top") ?? 0
        margins.bottom = try order.whole("bottom") ?? 0
        let zoom = order.numbers["zoom"] ?? 1
        guard (zoom > 1) != (margins != PictureMargins()) else {
            throw WorkerProblem.expected(
                "either sides above 0, or a zoom above 1",
                "numbers",
                found: zoom > 1 ? "both" : "none"
            )
        }
        try edit(job, oneByOne: true) { [margins] model, pictures, names, request, _ in
            zoom > 1
                ? try model.zoomedOut(pictures[0], by: zoom, name: names[0], request)
                : try model.outpainted(pictures[0], margins, name: names[0], request)
        }
    }

    /// Mixes pictures, all counting the same.
    ///
    /// - Parameter job: The order.
    /// - Throws: What is wrong with it.
    func blend(_ job: WorkerJob) throws {
        try job.order.check(pictures: 2...5, numbers: ["size": Worker.sides])
        try edit(job) { [self] model, pictures, names, request, watch in
            try model.blends(
                of: pictures,
                names: names,
                weights: pictures.map { _ in 1 / Double(pictures.count) },
                request,
                previews: previews(of: job),
                watch: watch
            )
        }
    }

    /// Draws the results of an edit, some at a time.
    private func edit(_ job: WorkerJob, oneByOne: Bool = false, draw: Draw) throws {
        let order = job.order
        try order.checkPlaces()
        let prompt = try prompt(of: order)
        let pictures = try order.readPictures()
        let model = try model(of: order, prompt)
        var request = try model.edit(
            prompt,
            of: order.files,
            seed: order.seed,
            indices: order.indices,
            by: rules(of: order)
        )
        let batches = oneByOne ? order.indices.map { [$0] } : model.batches(of: order.indices)
        for (number, indices) in batches.enumerated() {
            request.indices = indices
            let watch = { (share: Double) in
                job.progress((Double(number) + share) / Double(batches.count))
            }
            var drawings = try draw(
                model,
                pictures,
                order.files.map(\.lastPathComponent),
                request,
                watch
            )
            model.note(prompt, in: &drawings)
            try finish(drawings, of: model, job)
            watch(1)
        }
    }
}
