import Foundation
import Generation
import Prompts
import Runs

extension Worker {
    /// Draws what a prompt asks for, as many pictures at a time as the model draws at once.
    ///
    /// - Parameter job: The order.
    /// - Throws: What is wrong with it.
    func imagine(_ job: WorkerJob) throws {
        let order = job.order
        try order.check(pictures: 0...64, numbers: ["size": Worker.sides])
        try order.checkPlaces()
        let prompt = try withPictures(prompt(of: order), order)
        let model = try model(of: order, prompt)
        let pictures = try order.readPictures()
        let batches = model.batches(of: order.indices)
        for (number, indices) in batches.enumerated() {
            let drawings = try model.imagine(
                prompt,
                from: pictures,
                by: rules(of: order),
                seed: order.seed,
                indices: indices,
                previews: previews(of: job)
            ) { share in job.progress((Double(number) + share) / Double(batches.count)) }
            try finish(drawings, of: model, job)
        }
    }

    /// A prompt with an order's pictures: as many as it names, or all of them where it names none.
    ///
    /// Names in a prompt are never opened: a prompt may come from anybody.
    private func withPictures(_ prompt: Prompt?, _ order: WorkerOrder) throws -> Prompt? {
        let named = prompt?.pictures.count ?? 0
        guard named == 0 || named == order.pictures.count else {
            throw WorkerProblem.expected(
                "as many files as the prompt names, \(named)",
                "pictures",
                found: "\(order.pictures.count)"
            )
        }
        guard named == 0, !order.pictures.isEmpty else { return prompt }
        var prompt = prompt ?? Prompt(parts: [])
        guard order.pictures.count > 1 || !prompt.parts.isEmpty else {
            throw WorkerProblem.expected("words beside one picture", "prompt", found: "none")
        }
        prompt.pictures = order.files.map(\.lastPathComponent)
        return prompt
    }
}
