using System.CommandLine;
using Sigma.Gateway.Integrations;

namespace Sigma.Cli.Integrations;

/// <summary><c>sigma integrations show</c></summary>
internal static class ShowIntegration
{
    public static Command Create(TimeProvider time)
    {
        var name = IntegrationsCommand.Name();
        var show = new Command("show", "What an integration says, as JSON that 'put --file' takes. Key and secret are not shown.") { name };
        show.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            if (await (await Tracker.Integrations(typed, time, ct)).Find(typed.GetValue(name)!, ct) is not { Options: { } options })
            {
                screen.Say($"There is no integration {Screen.OneLine(typed.GetValue(name)!)} that this version can read.");
                return ExitCode.ProblemFound;
            }
            screen.Line(Screen.Harmless(IntegrationText.Write(options)));
            return ExitCode.Ok;
        });
        return show;
    }
}
