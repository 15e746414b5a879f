using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Metrics.LineProtocol;

/// <summary>
/// Reads Influx' line protocol: <c>weather,location=us\ midwest temperature=82,humid=true 1465839830100400200</c>. A series is named by measurement
/// and field, <c>weather_temperature</c>; fields that are no numbers are passed over. A wrong line is refused, the others are taken.
/// </summary>
internal sealed class LineProtocolReader(SampleBatch batch, long nanosecondsPerUnit)
{
    const int LongestText = 64 * 1024, MostTags = 64;

    readonly StringBuilder _text = new();

    /// <summary>Reads all lines.</summary>
    public void Read(ReadOnlySpan<byte> body)
    {
        for (var number = 1; !body.IsEmpty; number++)
        {
            var end = EndOfLine(body);
            var line = body[..end].TrimEnd((byte)'\r').Trim((byte)' ');
            body = end == body.Length ? [] : body[(end + 1)..];
            if (line.IsEmpty || line[0] == '#')
                continue;
            try
            {
                Line(line);
            }
            catch (MalformedBodyException e)
            {
                batch.Refuse($"line {number}, {e.Place}:", e.Reason);
            }
        }
    }

    // A line feed within a quoted text is part of it.
    static int EndOfLine(ReadOnlySpan<byte> body)
    {
        var quoted = false;
        for (var at = 0; at < body.Length; at++)
            switch (body[at])
            {
                case (byte)'\\' when at + 1 < body.Length: at++; break;
                case (byte)'"' when quoted || at > 0 && body[at - 1] == '=': quoted = !quoted; break;
                case (byte)'\n' when !quoted: return at;
            }
        // A quote that nobody closes must not take the lines after it.
        return quoted && body.IndexOf((byte)'\n') is var first and >= 0 ? first : body.Length;
    }

    void Line(ReadOnlySpan<byte> line)
    {
        var at = 0;
        var measurement = Text(line, ref at, ", ");
        if (measurement.Length == 0)
            throw Malformed(at, "there is no measurement");
        var labels = batch.Labels.Begin();
        for (var tags = 0; at < line.Length && line[at] == ','; tags++)
        {
            at++;
            var name = Text(line, ref at, "=, ");
            if (at >= line.Length || line[at] != '=' || name.Length == 0)
                throw Malformed(at, "a tag has no name or no value");
            at++;
            var value = Text(line, ref at, ", ");
            if (tags == MostTags)
                throw Malformed(at, $"there are more than {MostTags} tags");
            labels.Add(name, value);
        }
        SkipSpaces(line, ref at);
        var mark = labels.Mark();
        var fields = Fields(line, ref at);
        SkipSpaces(line, ref at);
        var time = Time(line[at..], at);
        foreach (var (field, value) in fields)
            batch.Add(labels.Return(mark).Add("__name__", $"{measurement}_{field}").End(), value, time);
    }

    List<(string Field, double Value)> Fields(ReadOnlySpan<byte> line, ref int at)
    {
        List<(string, double)> fields = [];
        for (var any = false; ; any = true)
        {
            var name = Text(line, ref at, "=, ");
            if (at >= line.Length || line[at] != '=' || name.Length == 0)
                throw Malformed(at, any ? "a field has no name or no value" : "there is no field");
            at++;
            if (at < line.Length && line[at] == '"')
                SkipQuoted(line, ref at);
            else if (Number(line, ref at) is { } value)
                fields.Add((name, value));
            if (at >= line.Length || line[at] != ',')
                return fields;
            at++;
        }
    }

    static void SkipQuoted(ReadOnlySpan<byte> line, ref int at)
    {
        var start = at++;
        for (; at < line.Length && line[at] != '"'; at++)
            if (line[at] == '\\')
                at++;
        if (at >= line.Length)
            throw Malformed(start, "a text has no end");
        at++;
    }

    static double? Number(ReadOnlySpan<byte> line, ref int at)
    {
        var start = at;
        while (at < line.Length && line[at] is not ((byte)',' or (byte)' '))
            at++;
        var text = line[start..at];
        if (text is [.. var digits, (byte)'i' or (byte)'u'])
            return Utf8Parser.TryParse(digits, out decimal whole, out var used) && used == digits.Length && whole == decimal.Truncate(whole)
                ? (double)whole : throw Malformed(start, $"{Encoding.UTF8.GetString(text)} is no whole number");
        if (Encoding.UTF8.GetString(text) is "t" or "T" or "true" or "True" or "TRUE" or "f" or "F" or "false" or "False" or "FALSE")
            return null; // yes and no are no numbers
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
            : throw Malformed(start, $"{Shown(text)} is no value");
    }

    DateTimeOffset Time(ReadOnlySpan<byte> text, int place)
    {
        if (text.IsEmpty)
            return batch.ReceivedAt;
        if (!Utf8Parser.TryParse(text, out long units, out var used) || used != text.Length)
            throw Malformed(place, $"{Shown(text)} is no time");
        var ticks = (Int128)units * nanosecondsPerUnit / TimeSpan.NanosecondsPerTick + DateTimeOffset.UnixEpoch.Ticks;
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset((long)ticks, TimeSpan.Zero)
            : throw Malformed(place, $"{units} is no time");
    }

    // A backslash takes the meaning from what follows it, where that has one.
    string Text(ReadOnlySpan<byte> line, ref int at, string ends)
    {
        var start = at;
        while (at < line.Length && !ends.Contains((char)line[at], StringComparison.Ordinal))
            at += line[at] == '\\' && at + 1 < line.Length ? 2 : 1;
        var raw = line[start..at];
        if (raw.Length > LongestText)
            throw Malformed(start, $"a name is longer than {LongestText} bytes");
        var text = Encoding.UTF8.GetString(raw);
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        _text.Clear();
        for (var i = 0; i < text.Length; i++)
            if (text[i] != '\\' || i + 1 == text.Length || text[i + 1] is not (',' or ' ' or '=' or '\\'))
                _text.Append(text[i]);
            else
                _text.Append(text[++i]);
        return _text.ToString();
    }

    static void SkipSpaces(ReadOnlySpan<byte> line, ref int at)
    {
        while (at < line.Length && line[at] == ' ')
            at++;
    }

    static string Shown(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, 40)]);

    static MalformedBodyException Malformed(int at, string reason) => new($"byte {at}", reason);
}
