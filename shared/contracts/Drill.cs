using System.Globalization;

namespace Sigma.Contracts;

/// <summary>
/// How a drill is recognised, by the services and by who subscribes: a handful of test events from the fetcher to every channel and back to normal.
/// It is about no account, and nothing of it is an alert.
/// </summary>
public static class Drill
{
    /// <summary>The source of its events and alerts, and the name of the rule that counts them. No other source or rule has this name.</summary>
    public const string Source = "drill";

    /// <summary>The label that names the channels it is for, comma separated; <see cref="AllChannels"/> for all.</summary>
    public const string ChannelsLabel = "channels";

    /// <summary>Every channel that is on.</summary>
    public const string AllChannels = "all";

    /// <summary>
    /// Value of the labels <c>cuc</c> and <c>code</c>, and the beginning of the label <c>account</c>, which ends with the drill's id.
    /// </summary>
    public const string Mark = "DRILL";

    /// <summary>How many events it has: as many as it takes to raise its alert.</summary>
    public const int Events = 3;

    /// <summary>The window its events are counted in: so long after its raise it is cleared.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(20);

    /// <summary>What comes later than this is told to nobody: whoever asked for it has gone.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>The labels of its events and its alert.</summary>
    public static IReadOnlyDictionary<string, string> LabelsOf(Guid drill, string channels) => new Dictionary<string, string>
    {
        ["account"] = AccountOf(drill), ["cuc"] = Mark, ["code"] = Mark, [ChannelsLabel] = channels,
    };

    /// <summary>Its label <c>account</c>, unlike that of any other drill.</summary>
    public static string AccountOf(Guid drill) => $"{Mark}-{drill:N}";

    /// <summary>Whether what has this source, be it events, an alert or the name of a rule, is a drill's: nothing that anybody must act on.</summary>
    public static bool Is(string source) => source == Source;

    /// <summary>The ids of its events.</summary>
    public static IEnumerable<string> EventIdsOf(Guid drill) =>
        Enumerable.Range(1, Events).Select(number => string.Create(CultureInfo.InvariantCulture, $"{drill:N}-{number}"));
}
