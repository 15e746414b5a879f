using System.Text.Json;
using Sigma.Gateway.Liveness;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Intake;

/// <summary>A delivery that is to be kept: what must be in its rows, worked out before its transaction begins.</summary>
internal sealed class IntakeWork
{
    readonly IDisposable _held;
    readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IntakeWork(Delivery delivery, IReadOnlyList<Understood> items, IntakeSlice slice)
    {
        (Delivery, Slice) = (delivery, slice);
        _held = slice.Hold();
        Items = [.. items.Select(item => NewsItem.Of(delivery.Integration, item, delivery.ReceivedAt))];
        Understood = Packed.Of(items);
        MayComeTwice = Items.Count > 0 && Items.All(item => item.IsCondition && !item.IsTracked && item.Key(delivery.Integration) is null);
    }

    public Delivery Delivery { get; }

    public IntakeSlice Slice { get; }

    public IReadOnlyList<NewsItem> Items { get; }

    public byte[] Understood { get; }

    public IntakeState State { get; init; } = IntakeState.Kept;

    public string? Place { get; init; }

    public string? Reason { get; init; }

    /// <summary>An address that is to be called; null when none is.</summary>
    public Uri? ConfirmAt { get; init; }

    /// <summary>The row that it is read again for; null when it comes from a sender.</summary>
    public long? ReplayOf { get; init; }

    /// <summary>Whether it is read for the first time, or again by somebody's wish.</summary>
    public bool IsFirstReading { get; init; } = true;

    /// <summary>Whether none of its news does harm when it comes twice.</summary>
    public bool MayComeTwice { get; }

    /// <summary>Whether the broker has its news already.</summary>
    public bool IsSent { get; set; }

    /// <summary>The body, packed; made when it is asked for.</summary>
    public byte[] Body => field ??= Packed.Of(Delivery.Body.Span);

    public string Headers => field ??= JsonSerializer.Serialize(Delivery.Headers);

    /// <summary>Ends when it is kept, or cannot be.</summary>
    public Task Done => _done.Task;

    public void Kept()
    {
        _held.Dispose();
        _done.TrySetResult();
    }

    public void Failed(Exception reason)
    {
        _held.Dispose();
        _done.TrySetException(reason);
    }
}
