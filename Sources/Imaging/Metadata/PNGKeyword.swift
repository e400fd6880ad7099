/// The keywords of the text chunks that are read and written.
enum PNGKeyword {
    static let parameters = "parameters"
    static let record = "atelier"
    static let software = "Software"
    static let title = "Title"
    static let xmp = "XML:com.adobe.xmp"
}
