using System.Text.Json.Serialization;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Intake;

namespace Sigma.Gateway.Api;

/// <summary>All integrations.</summary>
/// <param name="Revision">The last change of the book; 0 before the first.</param>
/// <param name="Integrations">First those of the settings.</param>
internal sealed record IntegrationList(long Revision, IReadOnlyList<IntegrationAnswer> Integrations);

/// <summary>An integration, with who made it so. Key and secret are never in it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsProvisioned">Whether the settings have it, which nobody changes here.</param>
/// <param name="Revision">Its last change; 0 when the settings have it.</param>
/// <param name="HasKey">Whether anybody can send.</param>
/// <param name="HasSecret">Whether it has a secret for signatures.</param>
/// <param name="FormerKeyUntil">Until when its former key counts.</param>
/// <param name="Integration">What it says; null when this version cannot read it.</param>
/// <param name="Fault">Why it does not count; null when it does.</param>
internal sealed record IntegrationAnswer(string Name, bool IsProvisioned, long Revision, bool HasKey, bool HasSecret, DateTimeOffset? FormerKeyUntil,
    IntegrationBody? Integration, string? Fault)
{
    public string? Change { get; init; }
    public string? By { get; init; }
    public string? Why { get; init; }
    public DateTimeOffset? At { get; init; }

    /// <summary>What it sent last; null when nothing of it is kept.</summary>
    public LastAnswer? Last { get; init; }
}

/// <summary>A delivery in brief: its number, when it came, and what became of it.</summary>
internal sealed record LastAnswer(long Id, DateTimeOffset ReceivedAt, string State);

/// <summary>What an integration says. What is left out, or null, is as it is by default.</summary>
internal sealed record IntegrationBody(string Name, string Kind)
{
    /// <summary>Only in what is sent; null: it stays as it is.</summary>
    public string? Secret { get; set; }

    public Dictionary<string, string>? Labels { get; set; }
    public string? DefaultSeverity { get; set; }
    public Dictionary<string, string>? SeverityWords { get; set; }
    public MappingOptions? Mapping { get; set; }
    public Dictionary<string, string>? Settings { get; set; }
    public TimeSpan? CloseAfter { get; set; }
    public string? Agent { get; set; }
    public bool On { get; set; } = true;
    public double? RatePerSecond { get; set; }
    public int? Burst { get; set; }

    public IntegrationOptions Options()
    {
        IntegrationOptions usual = new();
        return new()
        {
            Name = Name, Kind = Kind, Secret = Secret, Labels = Labels ?? [], DefaultSeverity = DefaultSeverity ?? usual.DefaultSeverity,
            SeverityWords = SeverityWords ?? [], Mapping = Mapping ?? new(), Settings = Settings ?? [], Agent = Agent ?? usual.Agent,
            CloseAfter = CloseAfter, On = On, RatePerSecond = RatePerSecond, Burst = Burst,
        };
    }

    public static IntegrationBody Of(IntegrationOptions options) => new(options.Name, options.Kind)
    {
        Labels = options.Labels, DefaultSeverity = options.DefaultSeverity, SeverityWords = options.SeverityWords, Mapping = options.Mapping,
        Settings = options.Settings, CloseAfter = options.CloseAfter, Agent = options.Agent, On = options.On, RatePerSecond = options.RatePerSecond,
        Burst = options.Burst,
    };
}

/// <summary>An integration to be made or changed.</summary>
internal sealed record IntegrationToPut(IntegrationBody Integration, string By, string? Why = null);

/// <summary>Who wants a new key, and whether the former one counts for a while.</summary>
internal sealed record KeyOrder(string By, string? Why = null, bool FormerCounts = true);

/// <summary>What became of a change; a new key is shown this once.</summary>
internal sealed record IntegrationChanged(string Name, long Revision, string? Change, string? Key);

/// <summary>A change of the book.</summary>
internal sealed record IntegrationRevision(long Revision, string Integration, string Change, bool IsRemoved, string By, string? Why,
    DateTimeOffset At);

/// <summary>A delivery.</summary>
internal sealed record DeliveryAnswer(long Id, Guid Delivery, string Integration, string Kind, string Via, DateTimeOffset ReceivedAt, string State,
    string? Place, string? Reason, int Items, int Duplicates, int Tries, int BodyBytes, IReadOnlyList<ItemAnswer> Understood);

/// <summary>A piece of news of a delivery: null where the body says nothing.</summary>
internal sealed record ItemAnswer(
    string State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Severity,
    string ExternalId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? StartsAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? EndsAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Title,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Service,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Region)
{
    public static ItemAnswer Of(UnderstoodItem item) => new(item.State, item.Severity, item.ExternalId, item.StartsAt, item.EndsAt, item.Title,
        item.Service, item.Region);
}

/// <summary>A delivery with all that came: the body as text, or where it is none in base 64.</summary>
internal sealed record BodyAnswer(DeliveryAnswer Delivery, IReadOnlyDictionary<string, string> Headers, string? Text, string? Base64);

/// <summary>What came of a replay.</summary>
internal sealed record ReplayAnswer(string State, int Items, string? Reason);
