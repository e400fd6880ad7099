import Datasets
import Foundation
import Neural
import Optimizers
import Torch

extension SceneJudge {
    /// Pictures of a step.
    private static let batch = 32
    /// Pictures between two saved states.
    private static let saveEvery = 4_000

    /// Takes the judge from its file, or lets it learn, and keeps it; goes on where it was left.
    ///
    /// - Parameters:
    ///   - bank: What scenes are made of.
    ///   - pictures: How many it learns from.
    ///   - folder: Where judges are kept.
    ///   - notice: Told what a person should know.
    ///   - isStopping: Whether to save and leave; asked after each step.
    /// - Returns: The judge; nothing where it was stopped before it knew enough.
    /// - Throws: What is wrong with the data or the judge's file.
    static func trained(
        on bank: SpriteBank,
        pictures: Int,
        keptIn folder: URL,
        notice: (String) -> Void,
        isStopping: () -> Bool = { false }
    ) throws -> SceneJudge? {
        let lesson = try SceneLesson(bank)
        let source = RandomSource(seed: 1, purpose: "scene judge")
        let judge = SceneJudge(conceptCount: lesson.conceptCount, using: source)
        let file = folder.appending(path: "judge-scenes-\(lesson.digest)-\(pictures).safetensors")
        if FileManager.default.fileExists(atPath: file.path) {
            try judge.load(from: file)
            judge.setTraining(false)
            return judge
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let unfinished = file.appendingPathExtension("part")
        let optimizer = Optimizer(Muon(learningRate: peak, weightDecay: 0.01), for: judge)
        var done = try judge.resume(optimizer, from: unfinished)
        notice(
            "training a judge of scenes on \(pictures) pictures, \(done) of them done;"
                + " it is kept in \(folder.path)"
        )
        var mean = 0.0
        while done < pictures {
            let loss = try judge.learn(lesson.batch(batch, after: done), optimizer, done, pictures)
            mean = mean == 0 ? loss : 0.98 * mean + 0.02 * loss
            done += batch
            let stops = isStopping()
            if stops || done % saveEvery < batch, done < pictures {
                try judge.save(optimizer, done, to: unfinished)
                notice("\(done) of \(pictures) pictures, loss \((mean * 1000).rounded() / 1000)")
            }
            if stops { return nil }
        }
        judge.setTraining(false)
        try judge.save(to: file, metadata: ["pictures": "\(pictures)"])
        try? FileManager.default.removeItem(at: unfinished)
        return judge
    }

    private static let peak = 3e-3

    /// One step.
    ///
    /// - Returns: The loss.
    private func learn(
        _ batch: SceneLesson.Batch,
        _ optimizer: Optimizer,
        _ done: Int,
        _ all: Int
    ) throws -> Double {
        let chance = RandomSource(seed: UInt64(done), purpose: "scene judge changes")
        let changed = withoutGradients { SceneJudge.blurred(batch.pictures, using: chance) }
        let view = look(changed)
        var loss = presence(view, batch.facts)
        func add(
            _ logits: (_ first: Tensor, _ second: Tensor) -> Tensor,
            _ number: (SceneFacts) -> Int?,
            second: Bool = false,
            weight: Double = 1
        ) {
            let numbers = batch.facts.map(number)
            let share = Double(numbers.count { $0 != nil }) / Double(numbers.count)
            guard share > 0 else { return }
            let first = Tensor(batch.facts.map(\.things[0].concept))
            let other = Tensor(batch.facts.map { ($0.things.last ?? $0.things[0]).concept })
            let errors = Loss.crossEntropy(
                logits: second ? logits(other, first) : logits(first, other),
                targets: Tensor(numbers.map { $0 ?? 0 }),
                reduction: .none
            )
            let mask = Tensor(numbers.map { $0 == nil ? Float(0) : 1 })
            loss = loss + (errors * mask).mean() * weight
        }
        func colour(_ thing: SceneFacts.Thing?) -> Int? {
            thing?.colour.flatMap(ColourTerm.allCases.firstIndex)
        }
        add({ one, _ in self.colour(of: one, in: view) }, { colour($0.things.first) })
        add(
            { one, _ in self.colour(of: one, in: view) },
            { $0.things.count > 1 ? colour($0.things.last) : nil },
            second: true
        )
        add(
            { one, _ in self.count(of: one, in: view) },
            { $0.things.count == 1 ? $0.count - 1 : nil }
        )
        add(
            { self.arrangement(of: $0, and: $1, in: view) },
            { $0.arrangement?.rawValue },
            weight: 2
        )
        add({ _, _ in self.style(in: view) }, { SceneJudge.number(of: $0.style) }, weight: 0.5)
        add({ _, _ in self.place(in: view) }, \.place, weight: 0.25)
        let share = Double(done) / Double(all)
        let warm = min(1, Double(done + SceneJudge.batch) / 2_000)
        optimizer.learningRate = SceneJudge.peak * warm * (1 + cos(.pi * share)) / 2
        optimizer.step(gradients(of: loss, for: optimizer.weights))
        return loss.item()
    }

    /// How surprising it is that just those things are there.
    private func presence(_ view: View, _ facts: [SceneFacts]) -> Tensor {
        let shares = view.things.logSoftmax(along: 1)
        let first = Tensor(facts.map(\.things[0].concept)).unsqueezed(1)
        let last = Tensor(facts.map { ($0.things.last ?? $0.things[0]).concept }).unsqueezed(1)
        return -(shares.gathered(first, along: 1) + shares.gathered(last, along: 1)).mean()
    }

    /// Some batches coarser or noisy, so that what is drawn less sharply is told as well.
    private static func blurred(_ pictures: Tensor, using chance: RandomSource) -> Tensor {
        switch chance.next(below: 4) {
        case 0:
            let side = pixels / 2 + chance.next(below: pixels / 2)
            return pictures.resampled(size: [side, side], .bilinear)
                .resampled(size: [pixels, pixels], .bilinear)
        case 1:
            return pictures + Tensor.normal(pictures.shape, deviation: 0.1, using: chance)
        default: return pictures
        }
    }

    /// Writes what has been learned so far.
    private func save(_ optimizer: Optimizer, _ done: Int, to file: URL) throws {
        let tensors =
            state() + optimizer.state().map { (name: "optimizer.\($0.0)", tensor: $0.1) }
        try Safetensors.write(tensors, metadata: ["done": "\(done)"], to: file)
    }

    /// Takes on what had been learned.
    ///
    /// - Returns: From how many pictures.
    private func resume(_ optimizer: Optimizer, from file: URL) throws -> Int {
        guard FileManager.default.fileExists(atPath: file.path) else { return 0 }
        let (tensors, metadata) = try Safetensors.read(from: file)
        let mark = "optimizer."
        try load(state: tensors.filter { !$0.key.hasPrefix(mark) }, origin: file.path)
        try optimizer.load(
            state: tensors.filter { $0.key.hasPrefix(mark) }
                .map { (String($0.key.dropFirst(mark.count)), $0.value) }
        )
        return metadata["done"].flatMap(Int.init) ?? 0
    }
}
