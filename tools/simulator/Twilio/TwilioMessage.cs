namespace Sigma.Simulator.Twilio;

/// <summary>A message as its status can be asked for.</summary>
/// <param name="Sid">What Twilio calls it.</param>
/// <param name="To">A number, or <c>whatsapp:</c> and a number.</param>
/// <param name="From">As posted; null with a messaging service.</param>
/// <param name="MessagingServiceSid">As posted.</param>
/// <param name="Body">The text, or what stands for a template.</param>
/// <param name="CreatedAt">When it was posted, by the simulator's clock.</param>
/// <param name="Status">queued, sent, delivered, undelivered, failed; read, canceled and others by order only.</param>
/// <param name="ErrorCode">Why it was not delivered.</param>
/// <param name="UpdatedAt">Since when it has this status.</param>
public sealed record TwilioMessage(
    string Sid, string To, string? From, string? MessagingServiceSid, string Body, DateTimeOffset CreatedAt, string Status, int? ErrorCode,
    DateTimeOffset UpdatedAt);
