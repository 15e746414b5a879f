namespace Sigma.Simulator.Received;

/// <summary>A WhatsApp message that went out.</summary>
/// <param name="At">When, by the simulator's clock.</param>
/// <param name="InstanceId">The ChatPro instance it was posted to.</param>
/// <param name="Number">Number or JID, untouched.</param>
/// <param name="Message">The text with its marks for bold.</param>
/// <param name="QuotedMessageId">The message it answers, if any.</param>
/// <param name="Id">The id ChatPro gave it.</param>
/// <param name="Answered">False when a fault kept the answer from the client.</param>
public sealed record ReceivedMessage(DateTimeOffset At, string InstanceId, string Number, string Message, string? QuotedMessageId, string Id,
    bool Answered);
