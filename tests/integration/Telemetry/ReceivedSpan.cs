using System.Globalization;
using static Sigma.IntegrationTests.Telemetry.Protobuf;

namespace Sigma.IntegrationTests.Telemetry;

/// <summary>A span as a collector gets it.</summary>
internal sealed record ReceivedSpan(string Service, string Source, string Name, string Trace, string Id, string Parent, ulong Began, ulong Ended,
    IReadOnlyDictionary<string, string> Tags, string Status)
{
    public string Tag(string name) => Tags.TryGetValue(name, out var value) ? value : throw new KeyNotFoundException($"{this} has no {name}");

    public override string ToString() => $"{Service} {Name} {string.Join(' ', Tags.Select(t => $"{t.Key}={t.Value}"))} {Status}";

    /// <summary>Those of an ExportTraceServiceRequest; numbers are those of opentelemetry/proto/trace/v1.</summary>
    public static IEnumerable<ReceivedSpan> Of(byte[] request) =>
        from resourceSpans in All(request, 1)
        let resource = Attributes(All(resourceSpans, 1).Single(), 1)
        from scopeSpans in All(resourceSpans, 2)
        let scope = Text(All(All(scopeSpans, 1).Single(), 1).Single())
        from span in All(scopeSpans, 2)
        select new ReceivedSpan(resource["service.name"], scope, Text(All(span, 5).Single()), Hex(span, 1), Hex(span, 2), Hex(span, 4),
            Number(span, 7), Number(span, 8), Attributes(span, 9), string.Concat(All(span, 15).SelectMany(status => All(status, 2)).Select(Text)));

    static string Hex(ReadOnlyMemory<byte> span, int field) => string.Concat(All(span, field).Select(bytes => Convert.ToHexStringLower(bytes.Span)));

    static ulong Number(ReadOnlyMemory<byte> span, int field) => Fields(span).First(f => f.Field == field).Number;

    static Dictionary<string, string> Attributes(ReadOnlyMemory<byte> message, int field) =>
        All(message, field).ToDictionary(pair => Text(All(pair, 1).Single()), pair => Value(All(pair, 2).Single()));

    static string Value(ReadOnlyMemory<byte> any) => string.Join(' ', Fields(any).Select(f => f.Field switch
    {
        1 => Text(f.Bytes),
        2 => f.Number == 1 ? "true" : "false",
        3 => ((long)f.Number).ToString(CultureInfo.InvariantCulture),
        4 => BitConverter.UInt64BitsToDouble(f.Number).ToString(CultureInfo.InvariantCulture),
        5 => string.Join(' ', All(f.Bytes, 1).Select(Value)),
        _ => "",
    }));
}
