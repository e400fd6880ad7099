import Foundation
import Runs

/// What a job is to do, as it was asked for.
struct JobRequest: Codable, Sendable, Equatable {
    /// Words and parameters, braces expanded.
    var prompt = ""
    /// Pictures of the seed's row, from ``first`` on.
    var count = 4
    /// The first picture of the seed's row.
    var first = 0
    /// The key of all random numbers; a text, as JavaScript has no whole numbers of 64 bits.
    var seed = "0"
    /// The model's id; nothing: the usual one.
    @Nullable var model: String?
    /// Pictures that it begins with.
    var pictures: [String] = []
    /// The picture whose transparent part is drawn anew.
    @Nullable var mask: String?
    /// Numbers of the task.
    var numbers: [String: Double] = [:]
    /// Pixels of the longer side; nothing: the model's own.
    @Nullable var size: Int?
    /// The folder that pictures go to.
    @Nullable var folder: String?
    /// Whether many small pictures are wanted.
    var draft = false
    /// Previews of each picture on the way.
    var previews = 3
    /// Whether what the rules do not allow is noted, but drawn.
    var isLenient = false

    /// The same with shares of a picture's sides as pixels.
    func inPixels(width: Int, height: Int) -> JobRequest {
        var request = self
        for (name, side) in [
            ("left", width), ("right", width), ("top", height), ("bottom", height),
        ] {
            guard let share = numbers[name] else { continue }
            let pixels = (share * Double(side)).rounded()
            request.numbers[name] = pixels > 0 ? pixels : nil
        }
        return request
    }

    /// The order for a worker.
    func order(
        _ kind: JobKind,
        id: String,
        model file: String?,
        pictures files: [String],
        mask: String?,
        folder: String
    )
        -> WorkerOrder
    {
        var order = WorkerOrder(
            WorkerOrder.Task(rawValue: kind.rawValue) ?? .imagine,
            id: id,
            prompt: prompt,
            folder: folder
        )
        order.seed = UInt64(seed) ?? 0
        // What repairs pictures gives one for each.
        let isRepair = kind == .upscale || kind == .restore
        order.indices = isRepair ? [] : Array(first..<first + max(count, 1))
        order.model = file
        order.pictures = files
        order.mask = mask
        order.numbers = numbers
        if let size, !isRepair { order.numbers["size"] = Double(size) }
        order.previews = isRepair ? 0 : previews
        order.isLenient = isLenient ? true : nil
        return order
    }

    init() {}

    init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        prompt = try box.decodeIfPresent(String.self, forKey: .prompt) ?? ""
        draft = try box.decodeIfPresent(Bool.self, forKey: .draft) ?? false
        count = try box.decodeIfPresent(Int.self, forKey: .count) ?? (draft ? 24 : 4)
        first = try box.decodeIfPresent(Int.self, forKey: .first) ?? 0
        seed = try box.decodeIfPresent(String.self, forKey: .seed) ?? "0"
        model = try box.decodeIfPresent(String.self, forKey: .model)
        pictures = try box.decodeIfPresent([String].self, forKey: .pictures) ?? []
        mask = try box.decodeIfPresent(String.self, forKey: .mask)
        numbers = try box.decodeIfPresent([String: Double].self, forKey: .numbers) ?? [:]
        size = try box.decodeIfPresent(Int.self, forKey: .size)
        folder = try box.decodeIfPresent(String.self, forKey: .folder)
        previews = try box.decodeIfPresent(Int.self, forKey: .previews) ?? 3
        isLenient = try box.decodeIfPresent(Bool.self, forKey: .isLenient) ?? false
    }
}
