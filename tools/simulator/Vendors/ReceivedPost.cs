using System.Text.Json;

namespace Sigma.Simulator.Vendors;

/// <summary>A message that a vendor took.</summary>
/// <param name="At">When, by the simulator's clock.</param>
/// <param name="To">Whom it was for: a chat, a number, a hook without its secret.</param>
/// <param name="Text">What a person reads of it.</param>
/// <param name="Key">What tells one message from another; the vendor's own key where it has one.</param>
/// <param name="Body">As it was posted; a form as an object of texts.</param>
/// <param name="Answered">False when a fault kept the answer from the client.</param>
/// <param name="IsDuplicate">Whether the recipient had the same message before.</param>
public sealed record ReceivedPost(DateTimeOffset At, string To, string Text, string Key, JsonElement Body, bool Answered, bool IsDuplicate);
