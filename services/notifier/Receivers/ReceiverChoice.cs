using Sigma.Notifier.Channels;

namespace Sigma.Notifier.Receivers;

/// <summary>Chooses whom to tell of an alert. For now that is the first receiver, whatever the alert.</summary>
internal sealed class ReceiverChoice(ReceiverSet receivers)
{
    /// <param name="source">Source of the alert.</param>
    /// <param name="labels">Its labels.</param>
    public IReadOnlyList<IChannel> Of(string source, IReadOnlyDictionary<string, string> labels) => receivers.Default;
}
