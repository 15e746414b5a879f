using System.Text.Json.Nodes;
using Sigma.Cli.Consoles;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Queries;
using Sigma.OperatorConsole.Services;
using Sigma.Storage.Revisions;

namespace Sigma.Cli.Integrations;

/// <summary>The integrations, as a console has them of the gateway; it knows who changes them by the token.</summary>
internal sealed class ConsoleIntegrations(ConsoleApi console) : IIntegrations
{
    // The gateway makes keys; where a file has one, it is refused by what it says.
    static readonly string[] Keys = ["key", "formerKey"];

    public async Task<IReadOnlyList<ListedIntegration>> All(CancellationToken ct) =>
        [.. (await console.Get<GatewayIntegrations>("integrations", ct)).Integrations.Select(Of)];

    public async Task<ListedIntegration?> Find(string name, CancellationToken ct) =>
        await console.Find<GatewayIntegration>(Address(name), ct) is { } found ? Of(found) : null;

    public Task<IntegrationEdit> Put(IntegrationOptions integration, string by, string? why, CancellationToken ct)
    {
        var says = JsonNode.Parse(IntegrationText.Write(integration))!.AsObject();
        foreach (var key in Keys)
            if (says[key]?.GetValue<string>() is not { Length: > 0 })
                says.Remove(key);
            else
                throw new IntegrationRefusedException(EditRefusal.Invalid, "Key is made by the gateway: leave it out");
        return Change(HttpMethod.Put, Address(integration.Name), new { integration = says, why }, ct);
    }

    public Task<IntegrationEdit> NewKey(string name, bool formerCounts, string by, string? why, CancellationToken ct) =>
        Change(HttpMethod.Post, $"{Address(name)}/key", new { formerCounts, why }, ct);

    public Task<IntegrationEdit> Remove(string name, string by, string? why, CancellationToken ct) =>
        Change(HttpMethod.Delete, ConsoleApi.Path(Address(name), ("why", why)), null, ct);

    async Task<IntegrationEdit> Change(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        try
        {
            var made = await console.Send<GatewayChange>(method, path, body, ct);
            return new(made.Name, made.Revision, made.Change, made.Key);
        }
        catch (ConsoleException e) when (e.IsRefusal)
        {
            throw new IntegrationRefusedException(EditRefusal.Invalid, e.Faults);
        }
    }

    static ListedIntegration Of(GatewayIntegration found)
    {
        var (says, fault) = Read(found.Integration);
        return new(found.Name, says, found.IsProvisioned ? null : new Revision
        {
            Number = found.Revision, Name = found.Name, Change = "", By = found.By ?? "", Why = found.Why, At = found.At ?? default,
        }, found.Fault ?? fault)
        {
            HasKey = found.HasKey, HasSecret = found.HasSecret, FormerKeyUntil = found.FormerKeyUntil,
        };
    }

    // A gateway may be newer than this command.
    static (IntegrationOptions? Says, string? Fault) Read(JsonObject? says)
    {
        try
        {
            return (says is null ? null : IntegrationText.Read(says.ToJsonString()), null);
        }
        catch (IntegrationRefusedException e)
        {
            return (null, $"this version of sigma cannot read it: {e.Message}");
        }
    }

    static string Address(string name) => $"integrations/{Uri.EscapeDataString(name)}";
}
