/// What the studio asks of a worker: one line of JSON on its standard input.
public struct WorkerOrder: Codable, Sendable, Equatable {
    /// What is to be done.
    public enum Task: String, Codable, Sendable, CaseIterable {
        /// Draw what a prompt asks for.
        case imagine
        /// Draw variations of a picture.
        case vary
        /// Draw anew what a mask shows.
        case inpaint
        /// Draw more around a picture.
        case outpaint
        /// Enlarge a picture.
        case upscale
        /// Repair a picture.
        case restore
        /// Mix several pictures.
        case blend
        /// Draw a place among all that the model can draw.
        case explore
        /// Say what pictures a prompt stands for, and what the model does not know.
        case read
        /// Say what a file of weights is.
        case inspect
        /// Describe a picture in words.
        case describe
        /// Say how much each word of a prompt counts.
        case shorten
    }

    /// Tells the order's replies from those of others.
    public var id: String
    /// What is to be done.
    public var task: Task
    /// Words and parameters as a person typed them, braces expanded.
    public var prompt: String
    /// The key of all random numbers.
    public var seed: UInt64
    /// Which pictures of the seed's row.
    public var indices: [Int]
    /// A file of weights, or a run's folder; `nil`: the bundled model for the task.
    public var model: String?
    /// Files of pictures, already decoded and encoded anew by the studio.
    public var pictures: [String]
    /// A picture whose transparent part is to be drawn anew.
    public var mask: String?
    /// Numbers of the task: `strong` (0 or 1), `zoom`, `left`, `right`, `top`, `bottom`, `times`, `size`,
    /// `x`, `y`, `psi`, `noise`, `layer-0` and on.
    public var numbers: [String: Double]
    /// How many previews of each picture are wanted on the way, 0 to 8.
    public var previews: Int
    /// The folder that pictures are written to.
    public var folder: String
    /// Whether prompts that the rules do not allow are drawn, and what they show is not looked at.
    public var isLenient: Bool?

    /// An order of a task.
    public init(_ task: Task, id: String, prompt: String = "", folder: String = "") {
        (self.task, self.id, self.prompt, self.folder) = (task, id, prompt, folder)
        seed = 0
        indices = []
        pictures = []
        numbers = [:]
        previews = 0
    }
}
