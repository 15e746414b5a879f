using System.Text.Json.Nodes;
using Sigma.Cli.Consoles;
using Sigma.Notifier.Queries;
using Sigma.Notifier.Routing;
using Sigma.Storage.Revisions;
using RouteChange = Sigma.OperatorConsole.Services.RouteChange;
using RoutePolicy = Sigma.OperatorConsole.Services.RoutePolicy;
using RouteRevision = Sigma.OperatorConsole.Services.RouteRevision;

namespace Sigma.Cli.Routes;

/// <summary>The routes, as a console has them; it knows who changes them by the token.</summary>
internal sealed class ConsoleRoutes(ConsoleApi console) : IRoutes
{
    public async Task<string> Made(long? revision, CancellationToken ct)
    {
        if (revision is not { } number)
            return Text((await console.Get<RoutePolicy>("routes", ct)).Made);
        return await console.Find<RouteRevision>(FormattableString.Invariant($"routes/history/{number}"), ct) is { } change
            ? Text(change.Policy ?? []) : throw new PolicyTextException([$"there is no revision {number}"]);
    }

    public async Task<long?> Put(PolicyOptions policy, string by, string? why, CancellationToken ct) =>
        (await Refusable(() => console.Send<RouteChange>(HttpMethod.Put, "routes", new { policy = Json(policy), why }, ct))).Revision;

    public async Task<long?> RollBack(long revision, string by, string? why, CancellationToken ct) =>
        (await Refusable(() => console.Send<RouteChange>(HttpMethod.Post, "routes/rollback", new { to = revision, why }, ct))).Revision;

    public async Task<IReadOnlyList<Revision>> History(int top, CancellationToken ct) =>
    [
        .. (await console.Get<IReadOnlyList<RouteRevision>>(ConsoleApi.Path("routes/history", ("limit", top)), ct)).Select(change => new Revision
        {
            Number = change.Revision, Name = "", Change = change.Change, By = change.By, Why = change.Why, At = change.At,
        }),
    ];

    public Task<IReadOnlyList<FoundReceiver>> Find(AskedAlert alert, DateTimeOffset? at, PolicyOptions? policy, bool live, CancellationToken ct) =>
        Refusable(() => console.Send<IReadOnlyList<FoundReceiver>>(HttpMethod.Post, "routes/test", new
        {
            labels = alert.Labels, rule = alert.Rule, severity = alert.Severity, source = alert.Source, kind = alert.Kind, category = alert.Category,
            at, policy = policy is null ? null : Json(policy),
        }, ct));

    static JsonNode? Json(PolicyOptions policy) => JsonNode.Parse(PolicyText.Write(policy));

    // As this version writes it; what only a newer one can read stays as it is.
    static string Text(JsonObject policy)
    {
        try
        {
            return PolicyText.Write(PolicyText.Read(policy.ToJsonString()));
        }
        catch (PolicyTextException)
        {
            return policy.ToString();
        }
    }

    static async Task<T> Refusable<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (ConsoleException e) when (e.IsRefusal)
        {
            throw new PolicyTextException(e.Faults);
        }
    }
}
