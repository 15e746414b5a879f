using Sigma.Hosting.Messaging;

namespace Sigma.Cli.Errors;

/// <summary>The messages a command is to move: those with certain ids, or all when none is named.</summary>
internal sealed class MessageFilter(IReadOnlyCollection<string> ids)
{
    readonly HashSet<string> _ids = [.. ids], _missing = [.. ids];
    int _taken;

    /// <summary>Whether the message is one of them; an id may be that of several.</summary>
    public bool Take(ErrorMessage message)
    {
        if (_ids.Count > 0 && !_ids.Contains(message.Id))
            return false;
        _missing.Remove(message.Id);
        _taken++;
        return true;
    }

    /// <summary>Says what was done, and what was not; returns the exit code.</summary>
    public int Tell(Screen screen, ErrorQueue queue, string done)
    {
        foreach (var id in _missing)
            screen.Say($"{queue.Name} has no message {id}.");
        screen.Say($"{_taken:#,0} {(_taken == 1 ? "message" : "messages")} of {queue.Name} {done}.");
        return _missing.Count > 0 ? ExitCode.ProblemFound : ExitCode.Ok;
    }
}
