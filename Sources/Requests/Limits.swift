/// How much can be asked for at once, and from where to where numbers go.
public struct Limits: Sendable {
    /// How many pictures.
    public var count: ClosedRange<Int>
    /// How many pictures it can begin with, where the task has no fewer.
    public var pictures: Int

    /// What a command takes.
    public static let command = Limits(count: 1...100_000, pictures: 100_000)
    /// What a worker takes.
    public static let worker = Limits(count: 1...1000, pictures: 1000)
    /// What the studio takes from anybody.
    public static let studio = Limits(count: 1...64, pictures: 5)

    /// Places in a seed's row.
    public static let places = 0...999_999_999
    /// Pixels of the longer side.
    public static let side = 8...4096
    /// How many times each pixel is repeated.
    public static let enlarging = 1...64
    /// Previews of each picture.
    public static let previews = 0...8
    /// How much smaller a picture becomes where there is more around it.
    public static let zoom = 1.0...2
    /// Pixels that are drawn at a side.
    public static let margin = 0...4096
    /// Shares of a side that are drawn beyond it.
    public static let marginShare = 0.0...8
    /// Width and height of a shape.
    public static let aspect = 1...100
    /// How much longer a shape's one side may be than the other.
    public static let longestAspect = 8
    /// Steps of a search.
    public static let steps = 1...100_000
    /// Steps that a picture is drawn in.
    public static let drawingSteps = 1...64
    /// What remains of the distance to the mean picture.
    public static let truncation = 0.0...2
    /// How freely pieces are drawn.
    public static let temperature = 0.0...10
    /// The total chance of the likeliest codes that count.
    public static let topP = 0.01...1
    /// How far what is asked for is stressed.
    public static let guidance = 0.0...20
    /// How far pictures are moved, in their own sides.
    public static let translation = -1.0...1
    /// Degrees by which they are turned.
    public static let rotation = -360.0...360
    /// Pixels of the side of a cube map's face.
    public static let cubeSide = 2...2048
    /// How strong a material's relief is beside the usual one.
    public static let relief = 0.0...4.0
    /// Keys of random numbers that JSON's numbers hold whole.
    public static let key = 0...4_294_967_295
    /// Left and top of a region, width and height.
    public static let region = 0...1_000_000
}
