using System.Globalization;
using System.Text;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Metrics.PushGateway;

/// <summary>Reads Prometheus' text format as it is pushed: no times, and a line feed at the end, without which it may be cut off.</summary>
internal sealed class ExpositionReader(SampleBatch batch, IReadOnlyList<KeyValuePair<string, string>> group)
{
    const int MostLabels = 64;
    const string Exemplar = " # ";

    readonly StringBuilder _value = new();

    /// <summary>Reads all lines; one wrong line is enough to refuse all.</summary>
    /// <exception cref="MalformedBodyException">A line is wrong.</exception>
    public void Read(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
            body = body[3..];
        for (var number = 1; !body.IsEmpty; number++)
        {
            var end = body.IndexOf((byte)'\n');
            if (end < 0)
                throw new MalformedBodyException($"line {number}", "the body ends without a line feed: something may be missing");
            var line = Encoding.UTF8.GetString(body[..end]).AsSpan().Trim();
            body = body[(end + 1)..];
            if (line.Length > 0 && line[0] != '#')
                Line(line, number);
        }
    }

    void Line(ReadOnlySpan<char> line, int number)
    {
        var at = 0;
        while (at < line.Length && !char.IsWhiteSpace(line[at]) && line[at] != '{')
            at++;
        var name = line[..at].ToString();
        if (name.Length == 0)
            throw Malformed(number, at, "there is no name");
        var labels = batch.Labels.Begin().Add("__name__", name);
        SkipSpaces(line, ref at);
        if (at < line.Length && line[at] == '{')
            Labels(line, ref at, number, labels);
        foreach (var (label, value) in group)
            labels.Add(label, value);
        var rest = line[at..].Trim();
        if (rest.IndexOf(Exemplar) is >= 0 and var exemplar)
            rest = rest[..exemplar].TrimEnd(); // as OpenMetrics has them; they are not kept
        if (rest.ContainsAny(' ', '\t'))
            throw Malformed(number, at, "a time is not allowed in what is pushed");
        batch.Add(labels.End(), Number(rest) ?? throw Malformed(number, at, $"{rest[..Math.Min(rest.Length, 40)]} is no value"), batch.ReceivedAt);
    }

    void Labels(ReadOnlySpan<char> line, ref int at, int number, SeriesLabels labels)
    {
        at++;
        for (var count = 0; ; count++)
        {
            SkipSpaces(line, ref at);
            if (at < line.Length && line[at] == '}')
            {
                at++;
                return;
            }
            var start = at;
            while (at < line.Length && (char.IsLetterOrDigit(line[at]) || line[at] is '_' or '.' or ':' or '-'))
                at++;
            var label = line[start..at].ToString();
            SkipSpaces(line, ref at);
            if (label.Length == 0 || at >= line.Length || line[at] != '=')
                throw Malformed(number, at, "a label has no name or no value");
            at++;
            SkipSpaces(line, ref at);
            var value = Quoted(line, ref at, number);
            if (count == MostLabels)
                throw Malformed(number, at, $"there are more than {MostLabels} labels");
            if (!IsOfGroup(label)) // the path's win over the body's
                labels.Add(label, value);
            SkipSpaces(line, ref at);
            if (at < line.Length && line[at] == ',')
                at++;
            else if (at >= line.Length || line[at] != '}')
                throw Malformed(number, at, "labels have no end");
        }
    }

    bool IsOfGroup(string label)
    {
        foreach (var (name, _) in group)
            if (name == label)
                return true;
        return false;
    }

    string Quoted(ReadOnlySpan<char> line, ref int at, int number)
    {
        if (at >= line.Length || line[at] != '"')
            throw Malformed(number, at, "a label's value is not quoted");
        _value.Clear();
        for (at++; at < line.Length; at++)
            switch (line[at])
            {
                case '"':
                    at++;
                    return _value.ToString();
                case '\\' when at + 1 < line.Length:
                    at++;
                    _value.Append(line[at] == 'n' ? '\n' : line[at]);
                    break;
                default:
                    _value.Append(line[at]);
                    break;
            }
        throw Malformed(number, at, "a label's value has no end");
    }

    internal static double? Number(ReadOnlySpan<char> text) => text switch
    {
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
    };

    static void SkipSpaces(ReadOnlySpan<char> line, ref int at)
    {
        while (at < line.Length && char.IsWhiteSpace(line[at]))
            at++;
    }

    static MalformedBodyException Malformed(int number, int at, string reason) => new($"line {number}, character {at + 1}", reason);
}
