using System.Data.Common;
using Microsoft.Extensions.Localization;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Texts;

namespace Sigma.OperatorConsole.Pages.Parts;

/// <summary>Says what became of a command.</summary>
public sealed class CommandText(IStringLocalizer<PartsTexts> texts)
{
    /// <summary>What went wrong, in a sentence; null when it is on its way.</summary>
    public string? Of(CommandOutcome outcome) => outcome == CommandOutcome.Sent ? null : texts[$"Outcome_{outcome}"].Value;

    /// <summary>Gives a command; what keeps it from being given is said, too.</summary>
    public async Task<string?> Give(Func<Task<CommandOutcome>> command)
    {
        try
        {
            return Of(await command());
        }
        catch (ForbiddenException)
        {
            return texts["Forbidden"];
        }
        catch (Exception e) when (e is DbException or TimeoutException or IOException)
        {
            return texts["CommandFailed", e.Message];
        }
    }
}
