using System.Globalization;

namespace Sigma.Simulator.Faults;

/// <summary>Reads faults as a person writes them on a command line: <c>/v1/events status=503 count=3; */send_message hang</c>.</summary>
internal static class FaultText
{
    public static IReadOnlyList<Fault> Parse(string? text) =>
        [.. (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseOne)];

    private static Fault ParseOne(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            throw Wrong(text, "needs a path and a kind");
        }

        var fault = words[1..].Aggregate(new Fault { Path = words[0], Kind = (FaultKind)(-1) }, (so, word) => With(so, word, text));
        return fault.Complaint() is { } complaint ? throw Wrong(text, complaint) : fault;
    }

    private static Fault With(Fault fault, string word, string text)
    {
        var (name, value) = word.Split('=', 2) is [var left, var right] ? (left, right) : (word, "");
        try
        {
            return name.ToLowerInvariant() switch
            {
                "status" => fault with { Kind = FaultKind.Status, Status = Number(value) },
                "delay" => fault with { Kind = fault.Kind < 0 ? FaultKind.Delay : fault.Kind, Delay = Time(value) },
                "hang" => fault with { Kind = FaultKind.Hang },
                "cut" => fault with { Kind = FaultKind.Cut, CutAfter = value.Length > 0 ? Number(value) : fault.CutAfter },
                "not-json" => fault with { Kind = FaultKind.NotJson },
                "retry-after" => fault with { Kind = FaultKind.TooManyRequests, RetryAfter = Time(value) },
                "over-limit" => fault with { Kind = FaultKind.OverLimit },
                "done-then-hang" => fault with { Kind = FaultKind.DoneThenHang },
                "redirect" => fault with { Kind = FaultKind.Answer, Status = 302, Location = value },
                "method" => fault with { Method = value },
                "count" => fault with { Count = Number(value) },
                "skip" => fault with { Skip = Number(value) },
                "probability" => fault with { Probability = double.Parse(value, CultureInfo.InvariantCulture) },
                "starts-after" => fault with { StartsAfter = Time(value) },
                "for" => fault with { For = Time(value) },
                _ => throw Wrong(text, $"'{name}' is unknown"),
            };
        }
        catch (Exception unreadable) when (unreadable is FormatException or OverflowException)
        {
            throw Wrong(text, $"'{word}' cannot be read");
        }
    }

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);

    /// <summary>Seconds, or hh:mm:ss.</summary>
    private static TimeSpan Time(string value) =>
        value.Contains(':')
            ? TimeSpan.Parse(value, CultureInfo.InvariantCulture)
            : TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture));

    private static SimulatorSettingsException Wrong(string text, string why) =>
        new($"{SimulatorOptions.Section}:{nameof(SimulatorOptions.Fault)} '{text}': {why}.");
}
