using System.Text.Json.Nodes;

namespace Sigma.OperatorConsole.Services;

/// <summary>All who may send to the gateway.</summary>
public sealed record GatewayIntegrations
{
    /// <summary>The last change of all; 0 before the first.</summary>
    public long Revision { get; init; }

    /// <summary>First those of the settings.</summary>
    public required IReadOnlyList<GatewayIntegration> Integrations { get; init; }
}

/// <summary>Somebody who may send to the gateway. The key is never in it.</summary>
public sealed record GatewayIntegration
{
    /// <summary>Its name, and the source of its news.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the settings have it, which nobody changes here.</summary>
    public bool IsProvisioned { get; init; }

    /// <summary>Its last change; 0 when the settings have it.</summary>
    public long Revision { get; init; }

    /// <summary>Whether anybody can send.</summary>
    public bool HasKey { get; init; }

    /// <summary>Whether it has a secret for signatures.</summary>
    public bool HasSecret { get; init; }

    /// <summary>Until when its former key counts, UTC; null when it has none.</summary>
    public DateTimeOffset? FormerKeyUntil { get; init; }

    /// <summary>What it says; null when the gateway cannot read it.</summary>
    public JsonObject? Integration { get; init; }

    /// <summary>Why it does not count; null when it does.</summary>
    public string? Fault { get; init; }

    /// <summary>Who made it so; null when the settings have it.</summary>
    public string? By { get; init; }

    /// <summary>Why.</summary>
    public string? Why { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What it sent last; null when nothing of it is kept.</summary>
    public GatewayLast? Last { get; init; }

    /// <summary>What it speaks; empty when the gateway cannot read it.</summary>
    public string Kind => Integration?["kind"]?.GetValue<string>() ?? "";

    /// <summary>Whether it is taken in.</summary>
    public bool On => Integration?["on"]?.GetValue<bool>() ?? false;
}

/// <summary>A delivery in brief.</summary>
/// <param name="Id">Its number.</param>
/// <param name="ReceivedAt">When it came, UTC.</param>
/// <param name="State">What became of it.</param>
public sealed record GatewayLast(long Id, DateTimeOffset ReceivedAt, string State);

/// <summary>What became of a change of an integration; a new key is shown this once.</summary>
public sealed record GatewayChange
{
    /// <summary>Which.</summary>
    public required string Name { get; init; }

    /// <summary>Its number.</summary>
    public long Revision { get; init; }

    /// <summary>What was done; null when it said so before.</summary>
    public string? Change { get; init; }

    /// <summary>A new key, a secret; null when there is none.</summary>
    public string? Key { get; init; }
}

/// <summary>A change of an integration.</summary>
public sealed record GatewayRevision
{
    /// <summary>Its number.</summary>
    public long Revision { get; init; }

    /// <summary>Which integration.</summary>
    public required string Integration { get; init; }

    /// <summary>What was done.</summary>
    public required string Change { get; init; }

    /// <summary>Who did it.</summary>
    public required string By { get; init; }

    /// <summary>Why.</summary>
    public string? Why { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>Which deliveries are looked for.</summary>
/// <param name="Integration">Of this integration; null for all.</param>
/// <param name="State">In this state; null for all.</param>
/// <param name="OldestFirst">The oldest first; else the newest.</param>
internal sealed record IntakeFilter(string? Integration, string? State, bool OldestFirst = false);

/// <summary>What somebody sent.</summary>
public sealed record GatewayDelivery
{
    /// <summary>Its number, which only grows.</summary>
    public long Id { get; init; }

    /// <summary>Its id.</summary>
    public Guid Delivery { get; init; }

    /// <summary>Who sent it.</summary>
    public required string Integration { get; init; }

    /// <summary>The integration's kind then.</summary>
    public required string Kind { get; init; }

    /// <summary>Method and path it came by, without key.</summary>
    public string Via { get; init; } = "";

    /// <summary>When it came, UTC.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary><c>kept</c>, <c>duplicate</c>, <c>malformed</c>, <c>refused</c>, <c>unread</c> or <c>replay</c>.</summary>
    public required string State { get; init; }

    /// <summary>Where in the body something is wrong.</summary>
    public string? Place { get; init; }

    /// <summary>What is wrong.</summary>
    public string? Reason { get; init; }

    /// <summary>Pieces of news in it.</summary>
    public int Items { get; init; }

    /// <summary>How many of them had been delivered before.</summary>
    public int Duplicates { get; init; }

    /// <summary>Bytes of the body.</summary>
    public int BodyBytes { get; init; }

    /// <summary>What was understood.</summary>
    public IReadOnlyList<GatewayItem> Understood { get; init; } = [];
}

/// <summary>A piece of news of a delivery: null where the body says nothing.</summary>
public sealed record GatewayItem
{
    /// <summary>What it is.</summary>
    public required string State { get; init; }

    /// <summary>How bad.</summary>
    public string? Severity { get; init; }

    /// <summary>Its identity.</summary>
    public required string ExternalId { get; init; }

    /// <summary>Since when, UTC.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Until when, UTC.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>What is wrong.</summary>
    public string? Title { get; init; }

    /// <summary>The service concerned.</summary>
    public string? Service { get; init; }

    /// <summary>The region concerned.</summary>
    public string? Region { get; init; }
}

/// <summary>A delivery with all that came.</summary>
public sealed record GatewayBody
{
    /// <summary>The delivery.</summary>
    public required GatewayDelivery Delivery { get; init; }

    /// <summary>The request's headers, without secrets.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body; null when it is no text.</summary>
    public string? Text { get; init; }

    /// <summary>The body in base 64; null when it is text.</summary>
    public string? Base64 { get; init; }
}

/// <summary>What came of reading a delivery again.</summary>
public sealed record GatewayReplay
{
    /// <summary>Its state now.</summary>
    public required string State { get; init; }

    /// <summary>Pieces of news in it.</summary>
    public int Items { get; init; }

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Reason { get; init; }
}
