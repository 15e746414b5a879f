using System.Globalization;
using System.Text;
using Sigma.Gateway.Logs.Lines;

namespace Sigma.Gateway.Logs.Syslog;

/// <summary>
/// Reads syslog messages of RFC 5424 and of RFC 3164, and takes whatever is neither as a line too: no message is dropped for its form.
/// </summary>
internal sealed class SyslogReader(LineCollector lines, TimeZoneInfo zone)
{
    const int MostPriority = 191;
    const string CutMark = "… [cut]";

    static readonly string[] Facilities =
    [
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp", "audit", "alert", "clock",
        "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
    ];

    /// <summary>Reads a message as a line.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">Address of the sender, who is the host when the message names none.</param>
    /// <param name="isCut">Whether the message was longer.</param>
    public void Read(ReadOnlySpan<byte> message, string sender, bool isCut = false)
    {
        message = message.TrimEnd("\0\r\n "u8);
        if (message.IsEmpty)
            return;
        var rest = message;
        string? level = null;
        if (Priority(ref rest) is { } priority)
        {
            level = LogLevels.OfSyslog(priority & 7);
            lines.Set("facility", Facilities[priority >> 3]);
        }
        if (level is null || !(rest.StartsWith("1 "u8) && TryRead5424(rest[2..], sender, level, isCut)))
            Read3164(rest, sender, level, isCut);
    }

    static int? Priority(ref ReadOnlySpan<byte> message)
    {
        if (message[0] != '<')
            return null;
        var value = 0;
        for (var at = 1; at < message.Length && at <= 4; at++)
        {
            if (message[at] == '>' && at > 1)
            {
                if (value > MostPriority)
                    return null;
                message = message[(at + 1)..];
                return value;
            }
            if (!char.IsAsciiDigit((char)message[at]))
                return null;
            value = value * 10 + (message[at] - '0');
        }
        return null;
    }

    // TIMESTAMP SP HOSTNAME SP APP-NAME SP PROCID SP MSGID SP STRUCTURED-DATA [SP MSG]
    bool TryRead5424(ReadOnlySpan<byte> rest, string sender, string level, bool isCut)
    {
        if (!NextWord(ref rest, out var time) || !NextWord(ref rest, out var host) || !NextWord(ref rest, out var app)
            || !NextWord(ref rest, out var process) || !NextWord(ref rest, out var id) || rest.IsEmpty)
            return false;
        DateTimeOffset? at = null;
        if (!IsNil(time) && (at = Time(time)) is null)
            return false;
        var data = rest;
        if (!SkipStructuredData(ref rest))
            return false;
        lines.Set("host", IsNil(host) ? sender : Text(host));
        if (!IsNil(app))
            lines.Set("app", Text(app));
        if (!IsNil(process))
            lines.Fields.Add("procid", Text(process));
        if (!IsNil(id))
            lines.Fields.Add("msgid", Text(id));
        AddStructuredData(data[..^rest.Length]);
        if (rest.StartsWith(" "u8))
            rest = rest[1..];
        Add(at, rest, level, isCut);
        return true;
    }

    // [id name="value" …][…], or - ; values escape ", \ and ] by \.
    static bool SkipStructuredData(ref ReadOnlySpan<byte> rest)
    {
        if (rest[0] == '-')
        {
            rest = rest[1..];
            return rest.IsEmpty || rest[0] == ' ';
        }
        if (rest[0] != '[')
            return false;
        var isQuoted = false;
        for (var at = 0; at < rest.Length; at++)
            switch (rest[at])
            {
                case (byte)'\\' when isQuoted: at++; break;
                case (byte)'"': isQuoted = !isQuoted; break;
                case (byte)']' when !isQuoted && (at + 1 == rest.Length || rest[at + 1] == ' '):
                    rest = rest[(at + 1)..];
                    return true;
                case (byte)']' when !isQuoted && rest[at + 1] != '[':
                    return false;
            }
        return false;
    }

    void AddStructuredData(ReadOnlySpan<byte> data)
    {
        var id = "";
        while (!data.IsEmpty)
        {
            if (data[0] is (byte)'[')
            {
                var end = data.IndexOfAny((byte)' ', (byte)']');
                id = Text(data[1..end]);
                data = data[end..];
                continue;
            }
            var equals = data.IndexOf("=\""u8);
            if (data[0] != ' ' || equals < 0)
            {
                data = data[1..];
                continue;
            }
            var name = data[1..equals];
            data = data[(equals + 2)..];
            var close = EndOfValue(data);
            lines.Fields.Add($"{id}.{Text(name)}", Unescape(data[..close]));
            data = data[Math.Min(close + 1, data.Length)..];
        }
    }

    static int EndOfValue(ReadOnlySpan<byte> data)
    {
        for (var at = 0; at < data.Length; at++)
            if (data[at] == '\\')
                at++;
            else if (data[at] == '"')
                return at;
        return data.Length;
    }

    static string Unescape(ReadOnlySpan<byte> value)
    {
        var text = Text(value);
        return text.Contains('\\')
            ? text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\]", "]", StringComparison.Ordinal)
                .Replace(@"\\", @"\", StringComparison.Ordinal)
            : text;
    }

    // TIMESTAMP SP HOSTNAME SP TAG: MSG, of which all may be missing.
    void Read3164(ReadOnlySpan<byte> rest, string sender, string? level, bool isCut)
    {
        var at = Time3164(ref rest);
        var host = sender;
        if (at is not null)
        {
            var afterHost = rest;
            if (NextWord(ref afterHost, out var word) && word.IndexOfAny(":["u8) is var mark && (mark < 0 || IsAddress(word)))
            {
                host = Text(word);
                rest = afterHost;
            }
            if (TryTag(ref rest, out var tag, out var process))
            {
                lines.Set("app", Text(tag));
                if (!process.IsEmpty)
                    lines.Fields.Add("procid", Text(process));
            }
        }
        lines.Set("host", host);
        Add(at, rest, level, isCut);
    }

    // IPv6 addresses have colons too.
    static bool IsAddress(ReadOnlySpan<byte> word) => word[^1] != ':' && word.Count((byte)':') > 1 && word.IndexOf((byte)'[') < 0;

    // tag: or tag[process]:
    static bool TryTag(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> tag, out ReadOnlySpan<byte> process)
    {
        const int LongestTag = 128;
        tag = process = default;
        var end = rest[..Math.Min(rest.Length, LongestTag)].IndexOfAny(": ["u8);
        if (end <= 0 || rest[end] == ' ')
            return false;
        var after = rest[end..];
        if (after[0] == '[')
        {
            var close = after[..Math.Min(after.Length, LongestTag)].IndexOf((byte)']');
            if (close < 0 || close + 1 >= after.Length || after[close + 1] != ':')
                return false;
            process = after[1..close];
            after = after[(close + 1)..];
        }
        tag = rest[..end];
        rest = after[1..];
        if (rest.StartsWith(" "u8))
            rest = rest[1..];
        return true;
    }

    DateTimeOffset? Time3164(ref ReadOnlySpan<byte> rest)
    {
        // As RFC 3339 writes it, which rsyslog sends by default.
        var after = rest;
        if (rest.Length > 19 && char.IsAsciiDigit((char)rest[0]) && NextWord(ref after, out var word) && Time(word) is { } time)
        {
            rest = after;
            return time;
        }
        const int Length = 15; // Nov 30 16:04:39
        if (rest.Length < Length || (rest.Length > Length && rest[Length] is not ((byte)' ' or (byte)':')))
            return null;
        Span<char> text = stackalloc char[Length];
        for (var at = 0; at < Length; at++)
            text[at] = (char)rest[at];
        if (text[4] == ' ')
            text[4] = '0';
        // Of a leap year, for the 29th of February.
        if (!DateTime.TryParseExact($"2024 {text}", "yyyy MMM dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        rest = rest[Math.Min(rest.Length, Length + 1)..];
        return InYearNearby(local);
    }

    // The year is not said: that in which it is at most a day ahead.
    DateTimeOffset? InYearNearby(DateTime local)
    {
        var now = lines.ReceivedAt;
        for (var year = now.Year + 1; year >= now.Year - 4; year--)
        {
            if (local is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year))
                continue;
            var there = new DateTime(year, local.Month, local.Day, local.Hour, local.Minute, local.Second, DateTimeKind.Unspecified);
            var at = new DateTimeOffset(there, zone.GetUtcOffset(there)).ToUniversalTime();
            if (at <= now.AddDays(1))
                return at;
        }
        return null;
    }

    static DateTimeOffset? Time(ReadOnlySpan<byte> word)
    {
        const int Longest = 64;
        Span<char> text = stackalloc char[Longest];
        return word.Length <= Longest && Encoding.UTF8.TryGetChars(word, text, out var length) ? LogTimes.FromText(text[..length]) : null;
    }

    void Add(DateTimeOffset? at, ReadOnlySpan<byte> text, string? level, bool isCut)
    {
        if (text.StartsWith("\uFEFF"u8))
            text = text[3..];
        if (!isCut)
        {
            lines.Add(at, Text(text), level);
            return;
        }
        lines.CountCut();
        lines.Add(at, Text(text) + CutMark, level);
    }

    static bool NextWord(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> word)
    {
        var end = rest.IndexOf((byte)' ');
        if (end <= 0)
        {
            word = default;
            return false;
        }
        word = rest[..end];
        rest = rest[(end + 1)..];
        return true;
    }

    static bool IsNil(ReadOnlySpan<byte> word) => word is [(byte)'-'];

    static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
