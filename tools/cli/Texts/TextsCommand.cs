using System.CommandLine;

namespace Sigma.Cli.Texts;

/// <summary><c>sigma texts</c>: what messages say.</summary>
internal static class TextsCommand
{
    public static Command Create() => new("texts", "What messages say.") { PreviewTexts.Create() };
}
