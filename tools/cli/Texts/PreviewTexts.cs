using System.CommandLine;
using Sigma.Cli.Settings;
using Sigma.Notifier.Queries;

namespace Sigma.Cli.Texts;

/// <summary><c>sigma texts preview</c></summary>
internal static class PreviewTexts
{
    public static Command Create()
    {
        var channel = new Option<string>("--channel")
        {
            Description = "An integration, or a type of channel as it is by default", HelpName = "name", DefaultValueFactory = _ => "whatsapp",
        };
        var kind = new Option<string>("--kind")
        {
            Description = $"Kind of the alert: {string.Join(", ", TextPreview.Kinds)}", HelpName = "kind",
            DefaultValueFactory = _ => TextPreview.Kinds[0],
        };
        var language = new Option<string?>("--language")
        {
            Description = $"{string.Join(" or ", TextPreview.Languages)} [default: what is set]", HelpName = "language",
        };
        kind.AcceptOnlyFromAmong([.. TextPreview.Kinds]);
        language.AcceptOnlyFromAmong([.. TextPreview.Languages]);
        var preview = new Command("preview",
            """
            The texts of a channel, as the settings have them, with an alert that is made up. Asks no server and sends nothing.
            """) { channel, kind, language };
        preview.SetAction(typed =>
        {
            var screen = new Screen(typed);
            var configuration = CliSettings.Load(typed).Configuration;
            var (name, known) = (typed.GetValue(channel)!, TextPreview.Channels(configuration));
            if (!known.Contains(name))
                throw new UsageException($"There is no channel {name}: {string.Join(", ", known)}.");
            foreach (var text in TextPreview.Of(configuration, name, typed.GetValue(kind)!, typed.GetValue(language)))
            {
                if (screen.Json)
                    screen.Line(new { channel = name, says = text.Says, text = text.Text });
                else
                    screen.Line($"-- {text.Says}{Environment.NewLine}{text.Text}{Environment.NewLine}");
            }
        });
        return preview;
    }
}
