import Generation
import Prompts
import Runs

extension Worker {
    /// Draws a place among all that a model can draw.
    ///
    /// - Parameter job: The order.
    /// - Throws: What is wrong with it.
    func explore(_ job: WorkerJob) throws {
        let order = job.order
        let seeds = 0...4_294_967_295.0
        let layers = (0..<64).map { ("layer-\($0)", seeds) }
        let others = [
            ("x", -1...1), ("y", -1...1), ("psi", 0...2), ("noise", seeds), ("size", Worker.sides),
        ]
        try order.check(pictures: 0...0, numbers: Dictionary(uniqueKeysWithValues: others + layers))
        try order.checkPlaces()
        guard order.indices.count == 1 else {
            throw WorkerProblem.expected("one", "indices", found: "\(order.indices.count)")
        }
        let prompt = try prompt(of: order)
        let model = try model(of: order, prompt)
        var request = model.request(seed: order.seed, indices: order.indices)
        if let prompt {
            request = try model.request(prompt, seed: order.seed, indices: order.indices)
            try rules(of: order).check(Prompt(parts: request.parts))
        }
        if let psi = order.numbers["psi"] { request.manner.truncation = psi }
        var place = Exploration()
        (place.x, place.y) = (order.numbers["x"] ?? 0, order.numbers["y"] ?? 0)
        place.noise = try order.whole("noise").map { UInt64($0) }
        for number in 0..<64 {
            if let seed = try order.whole("layer-\(number)") { place.layers[number] = UInt64(seed) }
        }
        var drawings = [try model.explored(place, request)]
        model.note(prompt, in: &drawings)
        try finish(drawings, of: model, job)
    }
}
