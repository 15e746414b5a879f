using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Board;
using Sigma.OperatorConsole.Pages.Parts;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Pages.Alert;

/// <summary>One alert with all that is known of it. What another service does not say is missing in its part alone.</summary>
public sealed partial class AlertDetail : ComponentBase, IDisposable
{
    // Deliveries go on without a change of the alert.
    static readonly TimeSpan Every = TimeSpan.FromSeconds(15), LooksFor = TimeSpan.FromMinutes(30);

    readonly CancellationTokenSource _gone = new();
    readonly PageCulture _culture = new();
    Caller _caller = null!;
    AlertView? _alert;
    IReadOnlyList<AlertEvent> _events = [];
    IReadOnlyList<AlertView> _earlier = [], _others = [];
    AlertTelling? _telling;
    ExplainedKey? _explained;
    string? _tellingProblem, _explainProblem, _problem, _said;
    IReadOnlyList<ChartPoint> _points = [], _bars = [];
    bool _isRead, _arePartsAsked, _isTellingLoaded, _isLoading, _isDirty;
    int _isDue;
    ITimer? _timer;

    /// <summary>Identity of the episode.</summary>
    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    [CascadingParameter]
    Task<AuthenticationState> Auth { get; set; } = null!;

    [Inject]
    RaisedAlerts Raised { get; set; } = null!;

    [Inject]
    AlertQuery Alerts { get; set; } = null!;

    [Inject]
    AlertParts Parts { get; set; } = null!;

    [Inject]
    CommandText Outcomes { get; set; } = null!;

    [Inject]
    AlertWords Words { get; set; } = null!;

    [Inject]
    PageTime Clock { get; set; } = null!;

    [Inject]
    TimeProvider Time { get; set; } = null!;

    bool CanAct => _caller.Role >= Role.Operator;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _caller = Caller.Of((await Auth).User);
        if (RendererInfo.IsInteractive)
        {
            Raised.Changed += OnChanged;
            _timer = Time.CreateTimer(_ => OnTime(), null, Every, Every);
        }
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_alert?.AlertId != Id)
            await Load();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_arePartsAsked || _alert is null)
            return;
        _arePartsAsked = true;
        await LoadOthersParts();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Raised.Changed -= OnChanged;
        _timer?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    // From another thread.
    void OnChanged()
    {
        var now = Raised.Find(Id, _caller);
        if (now?.Sequence == _alert?.Sequence || now is null && _alert is { IsRaised: false } || Interlocked.Exchange(ref _isDue, 1) != 0)
            return;
        _ = InvokeAsync(async () =>
        {
            Interlocked.Exchange(ref _isDue, 0);
            _culture.Use();
            if (!_gone.IsCancellationRequested)
                await Reload();
        });
    }

    void OnTime() => _ = InvokeAsync(async () =>
    {
        if (_gone.IsCancellationRequested || _alert is not { } alert)
            return;
        _culture.Use();
        if (alert.IsRaised || Clock.Now - alert.ClearedAt < LooksFor)
            await LoadTelling();
        StateHasChanged();
    });

    async Task Reload()
    {
        if (_isLoading)
        {
            _isDirty = true;
            return;
        }
        _isLoading = true;
        try
        {
            do
            {
                _isDirty = false;
                await Load();
                StateHasChanged();
                await LoadOthersParts();
            }
            while (_isDirty && !_gone.IsCancellationRequested);
        }
        finally
        {
            _isLoading = false;
        }
    }

    async Task Load()
    {
        try
        {
            _alert = await Alerts.Find(Id, _caller, _gone.Token);
            if (_alert is null)
                return;
            _events = await Alerts.Timeline(Id, _caller, _gone.Token) ?? [];
            _earlier = await Alerts.Earlier(Id, _caller, _gone.Token) ?? [];
            _others = await Alerts.Others(Id, _caller, _gone.Token) ?? [];
            _problem = null;
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            _alert ??= Raised.Find(Id, _caller);
            _problem = T["DatabaseFailed", e.Message];
        }
        finally
        {
            _isRead = true;
        }
        Draw();
    }

    async Task LoadOthersParts()
    {
        await Task.WhenAll(LoadTelling(), LoadExplained());
        Draw();
        if (!_gone.IsCancellationRequested)
            StateHasChanged();
    }

    async Task LoadTelling()
    {
        try
        {
            _telling = await Parts.Telling(Id, _caller, _gone.Token);
            _tellingProblem = null;
        }
        catch (ServiceException e)
        {
            _tellingProblem = e.Text;
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            _tellingProblem = T["DatabaseFailed", e.Message];
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            return;
        }
        _isTellingLoaded = true;
    }

    async Task LoadExplained()
    {
        if (_alert is not { Kind: "count" })
            return;
        try
        {
            _explained = await Parts.Explain(Id, _caller, _gone.Token);
            _explainProblem = null;
        }
        catch (ServiceException e)
        {
            _explainProblem = e.Text;
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            _explainProblem = T["DatabaseFailed", e.Message];
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // nobody looks any more
        }
    }

    // What is measured now and then; of what is counted the evaluator knows each piece of the window.
    void Draw()
    {
        if (_alert is not { } alert)
            return;
        if (_explained is { Pieces.Count: > 1 } explained)
        {
            _points = [.. explained.Pieces.Where(p => p.InWindow is not null).Select(p => new ChartPoint(p.To, p.InWindow!.Value))];
            _bars = [.. explained.Pieces.Select(p => new ChartPoint(p.To, p.Events))];
            return;
        }
        _bars = [];
        _points = [.. _events.Where(e => e.Value is not null).Select(e => new ChartPoint(e.At, e.Value!.Value)).OrderBy(p => p.At)];
        if (alert is { IsRaised: true, Value: { } now } && _points.Count > 0)
            _points = [.. _points, new ChartPoint(Clock.Now, now)];
    }

    IEnumerable<AlertEntry> Entries() => AlertEntries.Of(_events, _telling, T, Words, Clock, _alert?.Unit);

    async Task<string?> Give(Func<Task<CommandOutcome>> command)
    {
        _said = null;
        var problem = await Outcomes.Give(command);
        if (problem is null)
            _said = T["CommandSent"];
        StateHasChanged();
        return problem;
    }
}
