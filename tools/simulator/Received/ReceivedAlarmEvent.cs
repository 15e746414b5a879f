using Sigma.Simulator.Segware;

namespace Sigma.Simulator.Received;

/// <summary>An alarm event that was posted.</summary>
/// <param name="At">When, by the simulator's clock.</param>
/// <param name="AccountId">The account its code and company belong to; null when there is none.</param>
/// <param name="Item">What was posted.</param>
/// <param name="Answered">False when a fault kept the answer from the client.</param>
public sealed record ReceivedAlarmEvent(DateTimeOffset At, long? AccountId, AlarmItem Item, bool Answered);
