using System.Net;
using Sigma.Cli.Consoles;
using Sigma.OperatorConsole.Services;
using NewSilence = Sigma.Notifier.Queries.NewSilence;
using SilencedAlert = Sigma.Notifier.Queries.SilencedAlert;

namespace Sigma.Cli.Silences;

/// <summary>The silences, as a console has them.</summary>
internal sealed class ConsoleSilences(ConsoleApi console) : ISilences
{
    const string ItIs = "it ";

    public Task<SilenceList> All(bool alsoEnded, CancellationToken ct) =>
        console.Get<SilenceList>(ConsoleApi.Path("silences", ("all", alsoEnded ? "true" : null)), ct);

    public async Task<(Guid Id, string? By)> Add(NewSilence silence, CancellationToken ct)
    {
        var added = await console.Send<Added>(HttpMethod.Post, "silences", new
        {
            silenceId = silence.Id ?? Guid.CreateVersion7(), matchers = silence.Matchers, from = silence.From, until = silence.Until,
            why = silence.Why,
        }, ct);
        return (added.SilenceId, null);
    }

    public async Task<string?> End(Guid silence, string by, CancellationToken ct)
    {
        try
        {
            await console.Post($"silences/{silence}/end", null, ct);
            return null;
        }
        catch (ConsoleException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return SilencesCommand.IsOver;
        }
        catch (ConsoleException e) when (e.Status == HttpStatusCode.Conflict)
        {
            return e.Message.StartsWith(ItIs, StringComparison.Ordinal) ? e.Message[ItIs.Length..] : e.Message;
        }
    }

    public Task<IReadOnlyList<SilencedAlert>> Preview(IReadOnlyList<string> matchers, CancellationToken ct) =>
        console.Send<IReadOnlyList<SilencedAlert>>(HttpMethod.Post, "silences/preview", new { matchers }, ct);

    sealed record Added(Guid SilenceId);
}
