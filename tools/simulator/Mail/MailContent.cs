namespace Sigma.Simulator.Mail;

/// <summary>A message as it came, and what is wrong with it.</summary>
internal sealed record MailContent(string Raw)
{
    private const int LongestLine = 998;

    private static readonly string[] Once = ["from", "sender", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references"];

    public string? MessageId => Headers().FirstOrDefault(header => header.Name == "message-id").Value;

    public string Subject => Headers().FirstOrDefault(header => header.Name == "subject").Value ?? "";

    /// <returns>The reply that refuses it, or null.</returns>
    public string? Complaint(MailOptions options, bool mayBeEightBit)
    {
        var headers = Headers();
        return Raw.Length > options.SizeLimit ? "552 5.3.4 Error: message file too big"
            : Raw.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().ContainsAny('\r', '\n')
                ? "550 5.5.2 Error: bare <LF> received"
            : Raw.Split("\r\n").Any(line => line.Length > LongestLine) ? "500 5.5.2 Error: line too long"
            : !mayBeEightBit && Raw.Any(character => character > 127) ? "554 5.6.1 Error: 8-bit content without BODY=8BITMIME"
            : Head().Any(character => character > 127) ? "554 5.6.7 Error: non-ASCII header"
            : headers.Any(header => header.Name.Length == 0) ? "554 5.6.0 Error: malformed header"
            : Once.FirstOrDefault(name => headers.Count(header => header.Name == name) > 1) is { } twice ? $"554 5.6.0 Error: {twice} is there twice"
            : new[] { "from", "date", "message-id", "subject" }.FirstOrDefault(name => headers.All(header => header.Name != name)) is { } missing
                ? $"554 5.6.0 Error: {missing} is missing"
            : null;
    }

    private string Head() => Raw.Split("\r\n\r\n", 2)[0];

    private List<(string Name, string Value)> Headers() =>
    [
        .. Head().Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal).Split("\r\n")
            .Select(line => line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
                ? (line[..colon].ToLowerInvariant(), line[(colon + 1)..].Trim()) : ("", line)),
    ];
}
