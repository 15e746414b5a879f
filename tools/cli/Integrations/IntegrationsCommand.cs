using System.CommandLine;

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
        ListIntegrations.Create(time), ShowIntegration.Create(time), ChangeIntegration.Put(time), ChangeIntegration.Delete(time),
        ChangeIntegration.Key(time),
    };

    public static Argument<string> Name() => new("name") { Description = "Name of the integration" };
}
