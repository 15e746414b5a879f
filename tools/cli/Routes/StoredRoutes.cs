using Sigma.Cli.Data;
using Sigma.Cli.Settings;
using Sigma.Notifier.Queries;
using Sigma.Notifier.Routing;
using Sigma.Storage.Revisions;

namespace Sigma.Cli.Routes;

/// <summary>The routes, as the database and the settings have them.</summary>
internal sealed class StoredRoutes(CliSettings settings, TimeProvider time) : IRoutes
{
    public async Task<string> Made(long? revision, CancellationToken ct)
    {
        var edits = await Edits(ct);
        return revision is { } number ? (await edits.Find(number, ct)).Body ?? "{}" : PolicyText.Write(await edits.Made(ct));
    }

    public async Task<long?> Put(PolicyOptions policy, string by, string? why, CancellationToken ct) =>
        await (await Edits(ct)).Put(policy, by, why, ct);

    public async Task<long?> RollBack(long revision, string by, string? why, CancellationToken ct) =>
        await (await Edits(ct)).RollBack(revision, by, why, ct);

    public async Task<IReadOnlyList<Revision>> History(int top, CancellationToken ct) => await (await Edits(ct)).History(top, ct);

    public async Task<IReadOnlyList<FoundReceiver>> Find(AskedAlert alert, DateTimeOffset? at, PolicyOptions? policy, bool live, CancellationToken ct)
    {
        var routes = live ? await RouteQuery.Of(settings.Configuration, await DatabaseConnection.Open(settings, ct), time, ct)
            : RouteQuery.Of(settings.Configuration, policy);
        return routes.Find(alert, at ?? time.GetUtcNow());
    }

    async Task<PolicyEdits> Edits(CancellationToken ct) => new(await DatabaseConnection.Open(settings, ct), settings.Configuration, time);
}
