using System.Text.Json;
using Sigma.Gateway.Integrations;
using Sigma.Storage;
using Sigma.Storage.Revisions;

namespace Sigma.Gateway.Queries;

/// <summary>The integrations there are, and what was changed of them.</summary>
/// <param name="database">Where the book is.</param>
/// <param name="settings">The gateways' own.</param>
public sealed class IntegrationQuery(Database database, GatewayOptions settings)
{
    /// <summary>All of them: first those of the settings, then those that people made, by name.</summary>
    public async Task<ListedIntegrations> All(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var revision = await IntegrationBook.Revisions.Last(session, ct);
        var made = await IntegrationBook.Revisions.All(session, ct);
        return new(revision, [.. settings.Integrations.Select(Provisioned), .. made.Select(Made)]);
    }

    /// <summary>One of them; null when there is none.</summary>
    public async Task<ListedIntegration?> Find(string name, CancellationToken ct) =>
        (await All(ct)).Integrations.FirstOrDefault(integration => integration.Name == name);

    /// <summary>The changes, the newest first, without what they say: that may hold a secret.</summary>
    /// <param name="name">Of this one; null for all.</param>
    /// <param name="most">So many at most.</param>
    /// <param name="before">Only those before this one; null from the last on.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<Revision>> History(string? name, int most, long? before, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var changes = await IntegrationBook.Revisions.History(session, name, most, ct, before);
        return [.. changes.Select(change => change with { Body = change.Body is null ? null : "" })];
    }

    static ListedIntegration Provisioned(IntegrationOptions options) => new(options.Name, Shown(options), null, null)
    {
        HasKey = true, HasSecret = !string.IsNullOrEmpty(options.Secret),
    };

    ListedIntegration Made(Revision change)
    {
        var fault = settings.Integrations.Any(other => other.Name == change.Name)
            ? "the settings have an integration of this name, which counts" : null;
        try
        {
            var made = MadeIntegration.Read(change.Body!);
            return new(change.Name, Shown(made.Options), change with { Body = "" }, fault)
            {
                HasKey = made.KeyHash is not null, HasSecret = !string.IsNullOrEmpty(made.Options.Secret), FormerKeyUntil = made.FormerKeyUntil,
            };
        }
        catch (JsonException e)
        {
            return new(change.Name, null, change with { Body = "" }, $"this version cannot read it: {e.Message}");
        }
    }

    // Without what lets somebody in.
    static IntegrationOptions Shown(IntegrationOptions options) => new()
    {
        Name = options.Name, Kind = options.Kind, Labels = options.Labels, DefaultSeverity = options.DefaultSeverity,
        SeverityWords = options.SeverityWords, Mapping = options.Mapping, Settings = options.Settings,
        CloseAfter = options.CloseAfter, Agent = options.Agent, On = options.On,
        RatePerSecond = options.RatePerSecond, Burst = options.Burst,
    };
}

/// <summary>All integrations.</summary>
/// <param name="Revision">The last change of the book; 0 before the first.</param>
/// <param name="Integrations">First those of the settings.</param>
public sealed record ListedIntegrations(long Revision, IReadOnlyList<ListedIntegration> Integrations);

/// <summary>An integration.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Options">What it says, without key and secret; null when this version cannot read it.</param>
/// <param name="Made">The change that made it so; null when the settings have it.</param>
/// <param name="Fault">Why it does not count; null when it does.</param>
public sealed record ListedIntegration(string Name, IntegrationOptions? Options, Revision? Made, string? Fault)
{
    /// <summary>Whether anybody can send.</summary>
    public bool HasKey { get; init; }

    /// <summary>Whether it has a secret for signatures.</summary>
    public bool HasSecret { get; init; }

    /// <summary>Until when its former key counts, UTC; null when it has none.</summary>
    public DateTimeOffset? FormerKeyUntil { get; init; }
}
