import Foundation

/// Bytes that are, or are not, a safetensors file, and what the reader must say of them.
struct SafetensorsCase: Sendable, CustomStringConvertible {
    let description: String
    let data: Data
    /// Words of the problem; nothing where the file is good.
    let problem: String?

    private init(_ name: String, _ data: Data, _ problem: String?) {
        description = name
        self.data = data
        self.problem = problem
    }

    /// A header, a claimed length where it is not the header's own, zeros after it.
    private init(
        _ name: String,
        _ header: String,
        zeros: Int = 0,
        length: UInt64? = nil,
        _ problem: String?
    ) {
        self.init(
            name,
            Self.file(Array(header.utf8), [UInt8](repeating: 0, count: zeros), length),
            problem
        )
    }

    /// The bytes of a file.
    static func file(_ header: [UInt8], _ data: [UInt8] = [], _ length: UInt64? = nil) -> Data {
        let claimed = length ?? UInt64(header.count)
        return withUnsafeBytes(of: claimed.littleEndian) { Data($0) } + Data(header) + Data(data)
    }

    /// One tensor's part of a header.
    private static func tensor(
        _ shape: String,
        _ offsets: String,
        _ dtype: String = "I32",
        name: String = "t"
    ) -> String {
        "\"\(name)\":{\"dtype\":\"\(dtype)\",\"shape\":[\(shape)],\"data_offsets\":[\(offsets)]}"
    }

    /// A file of one tensor.
    private static func one(
        _ name: String,
        _ shape: String,
        _ offsets: String,
        dtype: String = "I32",
        zeros: Int = 4,
        _ problem: String?
    ) -> SafetensorsCase {
        SafetensorsCase(name, "{\(tensor(shape, offsets, dtype))}", zeros: zeros, problem)
    }

    private static let scalar = tensor("", "0,4")
    private static let single = tensor("1", "0,4")
    private static let huge = "18446744073709551615"

    static let all = lengths + texts + duplicates + fields + places + names

    private static let lengths = [
        one("ok", "2,2", "0,16", zeros: 16, nil),
        SafetensorsCase("empty", Data(), "0 bytes"),
        SafetensorsCase("7 bytes", Data(count: 7), "7 bytes"),
        SafetensorsCase("n too big", "{}", length: 1 << 40, "claims 1099511627776 bytes"),
        SafetensorsCase("n>file", "{}", length: 10, "the file has 2"),
        SafetensorsCase("n=0", "", "expected '{'"),
        SafetensorsCase(
            "n 100000001",
            String(repeating: " ", count: 10),
            length: 100_000_001,
            "claims 100000001 bytes"
        ),
    ]

    private static let texts = [
        SafetensorsCase("leading space", "  {\(scalar)}", zeros: 4, nil),
        SafetensorsCase("trailing space", "{\(scalar)}    ", zeros: 4, nil),
        SafetensorsCase("trailing NUL pad", "{\(scalar)}\0\0", zeros: 4, "after the end"),
        SafetensorsCase("array header", "[]", "expected '{'"),
        SafetensorsCase("non utf8", file([0xFF]), "UTF-8"),
        SafetensorsCase("BOM", "\u{FEFF}{}", "expected '{'"),
        SafetensorsCase("empty obj", "{}", nil),
        SafetensorsCase(
            "deep nesting",
            "{\"t\":\(String(repeating: "[", count: 200))\(String(repeating: "]", count: 200))}",
            "expected '{'"
        ),
    ]

    private static let duplicates = [
        SafetensorsCase("dup tensor key", "{\(single),\(single)}", zeros: 4, "'t' is there twice"),
        SafetensorsCase(
            "dup key 2 ranges",
            "{\(single),\(tensor("1", "4,8"))}",
            zeros: 8,
            "'t' is there twice"
        ),
        SafetensorsCase(
            "dup field in tensor",
            #"{"t":{"dtype":"I32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
            zeros: 4,
            "'dtype' is there twice"
        ),
    ]

    private static let fields = [
        SafetensorsCase(
            "metadata nonstring",
            #"{"__metadata__":{"a":1},\#(single)}"#,
            zeros: 4,
            "expected '\"'"
        ),
        SafetensorsCase(
            "metadata nested",
            #"{"__metadata__":{"a":{}},\#(single)}"#,
            zeros: 4,
            "expected '\"'"
        ),
        SafetensorsCase("metadata null", #"{"__metadata__":null,\#(single)}"#, zeros: 4, nil),
        SafetensorsCase("only metadata", #"{"__metadata__":{"a":"b"}}"#, nil),
        one("unknown dtype", "1", "0,4", dtype: "F31", "dtype 'F31'"),
        one("lowercase dtype", "1", "0,4", dtype: "i32", "dtype 'i32'"),
        one("negative shape", "-1", "0,4", "whole number below 2⁶³, found -1"),
        one("float shape", "1.0", "0,4", "whole number below 2⁶³, found 1.0"),
        one("exp shape 1e0", "1e0", "0,4", "whole number below 2⁶³, found 1e0"),
        one("string shape", "\"1\"", "0,4", "expected a number"),
        one("NaN literal", "NaN", "0,4", "expected a number"),
        SafetensorsCase(
            "extra field",
            #"{"t":{"dtype":"I32","shape":[1],"data_offsets":[0,4],"x":1}}"#,
            zeros: 4,
            nil
        ),
        SafetensorsCase(
            "missing shape",
            #"{"t":{"dtype":"I32","data_offsets":[0,4]}}"#,
            zeros: 4,
            "needs dtype, shape"
        ),
        one("offsets 3", "1", "0,4,8", "more than 2 numbers"),
    ]

    private static let places = [
        one("negative offset", "1", "-4,0", zeros: 0, "whole number below 2⁶³, found -4"),
        SafetensorsCase(
            "overlap",
            "{\(tensor("1", "0,4", name: "a")),\(tensor("1", "0,4", name: "b"))}",
            zeros: 4,
            "one after the other"
        ),
        SafetensorsCase(
            "hole",
            "{\(tensor("1", "0,4", name: "a")),\(tensor("1", "8,12", name: "b"))}",
            zeros: 12,
            "one after the other"
        ),
        one("start hole", "1", "4,8", zeros: 8, "one after the other"),
        one("reverse", "1", "4,0", "lies at bytes [4, 0]"),
        one("trailing bytes", "1", "0,4", zeros: 5, "the file has 5"),
        one("short data", "1", "0,4", zeros: 3, "lies at bytes [0, 4] of 3"),
        one("mismatch", "2", "0,4", "needs 8 bytes"),
        one(
            "mul overflow",
            "2,18446744073709551614",
            "0,16",
            zeros: 16,
            "found 18446744073709551614"
        ),
        one("shape > u64", "99999999999999999999999", "0,4", "found 99999999999999999999999"),
        one("zero tensor", "0,5", "0,0", zeros: 0, nil),
        one("zero*huge", "0,\(huge),\(huge)", "0,0", zeros: 0, "found \(huge)"),
        one("huge*zero", "\(huge),\(huge),0", "0,0", zeros: 0, "found \(huge)"),
        one("F4 odd", "1", "0,1", dtype: "F4", zeros: 1, "dtype 'F4'"),
        one("F4 ok", "2", "0,1", dtype: "F4", zeros: 1, "dtype 'F4'"),
        SafetensorsCase("BOOL 2", file(Array("{\(tensor("1", "0,1", "BOOL"))}".utf8), [2]), nil),
    ]

    private static let names = [
        SafetensorsCase("name empty", "{\(tensor("1", "0,4", name: ""))}", zeros: 4, "no name"),
        SafetensorsCase(
            "name path",
            "{\(tensor("1", "0,4", name: "../../etc/x"))}",
            zeros: 4,
            "no name"
        ),
        SafetensorsCase(
            "name unicode esc",
            "{\(tensor("1", "0,4", name: "\\u0000a"))}",
            zeros: 4,
            "no name"
        ),
    ]
}
