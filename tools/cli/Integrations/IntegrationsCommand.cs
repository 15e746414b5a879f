using System.CommandLine;
using Sigma.Cli.Data;
using Sigma.Cli.Settings;
using Sigma.Gateway;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Queries;

namespace Sigma.Cli.Integrations;

/// <summary><c>sigma integrations</c>: who may send to the gateway.</summary>
internal static class IntegrationsCommand
{
    public static Command Create(TimeProvider time) => new("integrations",
        """
        Who may send to the gateway: those of the settings, which nobody changes here, and those that people make. Each change is a revision, with
        who, when and why. Gateways that run go by a change within seconds. Keys are kept hashed: a new one is shown once.
        """)
    {
        ListIntegrations.Create(), ShowIntegration.Create(), ChangeIntegration.Put(time), ChangeIntegration.Delete(time), ChangeIntegration.Key(time),
    };

    public static Argument<string> Name() => new("name") { Description = "Name of the integration" };

    public static async Task<IntegrationQuery> Query(ParseResult typed, CancellationToken ct)
    {
        var settings = CliSettings.Load(typed);
        return new(await DatabaseConnection.Open(settings, ct), settings.Of<GatewayOptions>("Gateway"));
    }

    public static async Task<IntegrationEdits> Edits(ParseResult typed, TimeProvider time, CancellationToken ct)
    {
        var settings = CliSettings.Load(typed);
        return new(await DatabaseConnection.Open(settings, ct), settings.Of<GatewayOptions>("Gateway"), time);
    }
}
