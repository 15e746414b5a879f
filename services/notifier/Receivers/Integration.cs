using Sigma.Notifier.Channels;

namespace Sigma.Notifier.Receivers;

/// <summary>A channel as it is set up for a receiver.</summary>
/// <param name="Receiver">Name of the receiver.</param>
/// <param name="Name">Its own; no other integration has it.</param>
/// <param name="Type">The type of its channel.</param>
/// <param name="Section">Where its settings are, as the environment spells it; null when they are those of the default receiver.</param>
/// <param name="Settings">Its settings, checked.</param>
internal sealed record Integration(string Receiver, string Name, ChannelType Type, string? Section, ChannelOptions Settings)
{
    /// <summary>How a setting of it is written.</summary>
    /// <param name="name">Below its section.</param>
    /// <param name="byDefault">In the settings of the default receiver.</param>
    public string Key(string name, string byDefault) => Section is null ? byDefault : $"{Section}__{name}";
}

/// <summary>Who is told, and in which ways.</summary>
internal sealed record Receiver(string Name, IReadOnlyList<Integration> Integrations);
