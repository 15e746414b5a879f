using Sigma.Hosting.Alertmanager;

namespace Sigma.Gateway.Alertmanager;

/// <summary>Which alerts a client wants to see, as Alertmanager's query says it.</summary>
internal sealed record AlertFilter
{
    public required IReadOnlyList<LabelMatcher> Matchers { get; init; }

    public bool Active { get; init; } = true;

    public bool Silenced { get; init; } = true;

    public bool Unprocessed { get; init; } = true;

    /// <summary>A pattern of the receiver's name; null for any.</summary>
    public string? Receiver { get; init; }

    /// <exception cref="FormatException">It is wrong; the message says how.</exception>
    public static AlertFilter Of(IQueryCollection query) => new()
    {
        Matchers = LabelMatcher.Read([.. query["filter"].OfType<string>()])
            ?? throw new FormatException("bad matcher format: write name=\"value\", name!=\"value\", name=~\"pattern\" or name!~\"pattern\""),
        Active = Flag(query, "active"),
        Silenced = Flag(query, "silenced"),
        Unprocessed = Flag(query, "unprocessed"),
        Receiver = query["receiver"] is [{ Length: > 0 } receiver] ? receiver : null,
    };

    // What is not said is wanted. Nothing is inhibited here: that is the notifier's decision, when it tells.
    static bool Flag(IQueryCollection query, string name) => query[name] is not [{ Length: > 0 } text]
        || (bool.TryParse(text, out var value) ? value : text switch
        {
            "1" or "t" => true,
            "0" or "f" => false,
            _ => throw new FormatException($"{name} is true or false"),
        });
}
