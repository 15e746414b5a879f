using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Board;
using Sigma.OperatorConsole.Pages.Parts;
using Sigma.OperatorConsole.Services;
using Sigma.OperatorConsole.Silences;

namespace Sigma.OperatorConsole.Pages.Board;

/// <summary>
/// The board of one screen. No row moves while somebody points at the list or is in it by the keyboard: what is new is counted then, and shown on a
/// button. What a row says changes all the same.
/// </summary>
public sealed partial class BoardView : ComponentBase, IDisposable
{
    const int FirstLines = 60;
    const int MostFolded = 50;
    const string Wall = "wall", FoldedGroup = "fold";

    static readonly TimeSpan Minute = TimeSpan.FromSeconds(20), FocusLasts = TimeSpan.FromMinutes(1), AfterFocus = TimeSpan.FromMilliseconds(400),
        Said = TimeSpan.FromSeconds(5);

    static readonly IReadOnlyList<string> GroupNames =
        ["account", LabelLimits.Company, LabelLimits.ClientGroup, "rule", "source", "provider", "severity", "category", "kind", "assigned"];

    readonly HashSet<string> _folded = new(StringComparer.Ordinal);
    readonly HashSet<Guid> _chosen = [];
    readonly CancellationTokenSource _gone = new();
    readonly PageCulture _culture = new();
    IReadOnlyList<SavedView> _views = [];
    Caller _caller = null!;
    BoardFilter _filter = BoardFilter.All;
    BoardResult _latest = null!; // as it is now
    BoardLines _lines = null!; // as it is shown
    Virtualize<BoardLine>? _list;
    CommandDialog? _acknowledge, _close, _silence;
    IReadOnlyList<Guid> _acknowledging = [];
    int _silenceHours = 4;
    Guid _closing;
    ITimer? _timer;
    string _search = "";
    string? _said;
    bool _isPointedAt, _isFocused, _isWall, _isAskingWho;
    long _stamp, _alarms;
    int _new, _minute, _isRepaintDue;
    DateTimeOffset _saidUntil, _focusedAt, _newest, _newestCritical;

    /// <summary>The address's part behind the question mark.</summary>
    [Parameter]
    public string Query { get; set; } = "";

    /// <summary>Is another each time the page is asked for.</summary>
    [Parameter]
    public long Stamp { get; set; }

    [CascadingParameter]
    Task<AuthenticationState> Auth { get; set; } = null!;

    [Inject]
    RaisedAlerts Raised { get; set; } = null!;

    [Inject]
    SavedViews Saved { get; set; } = null!;

    [Inject]
    AlertCommands Commands { get; set; } = null!;

    [Inject]
    SilenceCommands Silences { get; set; } = null!;

    [Inject]
    RowTellings Tellings { get; set; } = null!;

    [Inject]
    CommandText Outcomes { get; set; } = null!;

    [Inject]
    AlertWords Words { get; set; } = null!;

    [Inject]
    PageTime Clock { get; set; } = null!;

    [Inject]
    TimeProvider Time { get; set; } = null!;

    [Inject]
    IJSRuntime Script { get; set; } = null!;

    bool CanAct => _caller.Role >= Role.Operator;

    BoardResult Shown => _lines.Result;

    DateTimeOffset? StaleSince => Raised.StaleSince;

    string News => T[_new == 1 ? "NewOne" : "New", Number(_new)];

    string ChosenText => T[_chosen.Count == 1 ? "ChosenOne" : "Chosen", Number(_chosen.Count)];

    bool IsHeld => _isPointedAt || _isFocused && Clock.Now - _focusedAt < FocusLasts;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _caller = Caller.Of((await Auth).User);
        Read();
        if (RendererInfo.IsInteractive)
        {
            Raised.Changed += OnChanged;
            _timer = Time.CreateTimer(_ => OnMinute(), null, Minute, Minute);
        }
        await LoadViews();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_stamp == Stamp || _latest is null)
            return;
        if (_stamp != 0)
        {
            Read();
            await Refresh();
        }
        _stamp = Stamp;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Raised.Changed -= OnChanged;
        _timer?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    void Read()
    {
        var pairs = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Query);
        _isWall = pairs.ContainsKey(Wall);
        _folded.Clear();
        if (pairs.TryGetValue(FoldedGroup, out var folded))
            _folded.UnionWith(folded.OfType<string>().Take(MostFolded));
        _filter = BoardFilter.Parse(pairs.Where(pair => pair.Key is not (Wall or FoldedGroup))
            .SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value))));
        _search = _filter.Text;
        _latest = Raised.Find(_filter, _caller);
        _newestCritical = _latest.NewestCritical?.RaisedAt ?? DateTimeOffset.MinValue;
        Show();
    }

    // From another thread, at most five times a second; one repaint at a time is enough.
    void OnChanged()
    {
        if (Interlocked.Exchange(ref _isRepaintDue, 1) == 0)
            _ = InvokeAsync(Repaint);
    }

    void OnMinute() => _ = InvokeAsync(() =>
    {
        _minute++; // ages are older by now
        if (Clock.Now > _saidUntil)
            _said = null;
        return Repaint();
    });

    async Task Repaint()
    {
        Interlocked.Exchange(ref _isRepaintDue, 0);
        if (_gone.IsCancellationRequested)
            return;
        _culture.Use();
        _latest = Raised.Find(_filter, _caller);
        Sound();
        if (IsHeld && _lines.Count > 0)
            _new = _latest.RaisedAfter(_newest).Count(row => row.Sequence > Shown.Snapshot.Sequence);
        else
            Show();
        await Refresh();
        StateHasChanged();
    }

    void Show()
    {
        _new = 0;
        if (_lines is not null && ReferenceEquals(_latest, Shown))
            return;
        _lines = new BoardLines(_latest, _folded);
        _newest = _latest.NewestAt;
        if (_chosen.Count > 0)
            _chosen.RemoveWhere(id => Raised.Find(id, _caller) is null);
    }

    void Sound()
    {
        if (_latest.NewestCritical is not { } critical || critical.RaisedAt <= _newestCritical)
            return;
        _alarms += _latest.RaisedAfter(_newestCritical).Count(row => row is { AcknowledgedAt: null, ClearedAt: null }
            && SeverityOrder.Rank(row.Severity) == 0);
        _newestCritical = critical.RaisedAt;
    }

    ValueTask<ItemsProviderResult<BoardLine>> Provide(ItemsProviderRequest request)
    {
        var lines = _lines;
        var from = Math.Min(request.StartIndex, lines.Count);
        var items = new BoardLine[Math.Min(request.Count, lines.Count - from)];
        for (var i = 0; i < items.Length; i++)
            items[i] = Now(lines[from + i]);
        _ = AskWho([.. items.Select(item => item.Alert).OfType<AlertView>()]);
        return new(new ItemsProviderResult<BoardLine>(items, lines.Count));
    }

    // In a list that is held an alert says how it is now; one that is gone is over.
    BoardLine Now(BoardLine line)
    {
        if (line.Alert is not { } alert)
            return line;
        line = line with { Telling = Tellings.Of(alert.AlertId) };
        return ReferenceEquals(_latest, Shown) ? line : line with
        {
            Alert = Raised.Find(alert.AlertId, _caller) ?? alert with { ClearedAt = alert.ClearedAt ?? _latest.Snapshot.At },
        };
    }

    // Of what is seen it is asked who was told, after it is shown; what was asked of lately is not asked of again.
    async Task AskWho(IReadOnlyList<AlertView> seen)
    {
        if (_isAskingWho || seen.Count == 0)
            return;
        _isAskingWho = true;
        try
        {
            if (!await Tellings.Load(seen, _gone.Token) || _gone.IsCancellationRequested)
                return;
            _culture.Use();
            await Refresh();
            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // nobody looks any more
        }
        finally
        {
            _isAskingWho = false;
        }
    }

    Task Refresh() => _list?.RefreshDataAsync() ?? Task.CompletedTask;

    async Task Apply(BoardFilter filter)
    {
        if (filter.Equals(_filter))
            return;
        if (filter.GroupBy != _filter.GroupBy)
            _folded.Clear();
        _filter = filter;
        if (_search.Trim() != filter.Text)
            _search = filter.Text;
        _latest = Raised.Find(_filter, _caller);
        _newestCritical = _latest.NewestCritical is { } critical && critical.RaisedAt > _newestCritical ? critical.RaisedAt : _newestCritical;
        Show();
        await Refresh();
        await Script.InvokeVoidAsync("sigma.address", Address(_isWall));
        await Script.InvokeVoidAsync("sigma.top", "board-list");
    }

    string Address(bool wall)
    {
        var parts = _folded.Order(StringComparer.Ordinal).Take(MostFolded).Select(group => $"{FoldedGroup}={Uri.EscapeDataString(group)}");
        if (_filter.ToQuery() is { Length: > 0 } query)
            parts = parts.Prepend(query);
        return "?" + string.Join('&', wall ? parts.Append($"{Wall}=1") : parts);
    }

    // What is typed stays as it is typed: a space may be followed by a word.
    Task Search(string text)
    {
        _search = text;
        return Apply(_filter with { Text = text.Trim() });
    }

    Task Sort(ChangeEventArgs e) => Apply(_filter with { Sort = Enum.TryParse<BoardSort>(Text(e), out var sort) ? sort : default });

    Task SetAcknowledged(bool value) => Apply(_filter with { Acknowledged = _filter.Acknowledged == value ? null : value });

    async Task Fold(string group)
    {
        if (!_folded.Remove(group))
            _folded.Add(group);
        _lines = new BoardLines(Shown, _folded);
        await Refresh();
        await Script.InvokeVoidAsync("sigma.address", Address(_isWall));
    }

    async Task ShowNew()
    {
        Show();
        await Refresh();
        await Script.InvokeVoidAsync("sigma.top", "board-list");
    }

    void Enter(PointerEventArgs e) => _isPointedAt = e.PointerType == "mouse";

    Task Leave()
    {
        _isPointedAt = false;
        return Repaint();
    }

    void FocusIn()
    {
        _isFocused = true;
        _focusedAt = Clock.Now;
    }

    // From row to row it leaves and comes back.
    async Task FocusOut()
    {
        _isFocused = false;
        await Task.Delay(AfterFocus, _gone.Token).ContinueWith(_ => { }, TaskScheduler.Current);
        await Repaint();
    }

    void Choose(Guid alert)
    {
        if (!_chosen.Remove(alert) && _chosen.Count < AlertCommands.MostAlerts)
            _chosen.Add(alert);
    }

    void ChooseNone() => _chosen.Clear();

    void ChooseAll(ChangeEventArgs e)
    {
        _chosen.Clear();
        if (e.Value is not true)
            return;
        foreach (var row in Shown.Rows)
            if (row is { AcknowledgedAt: null, ClearedAt: null } && _chosen.Count < AlertCommands.MostAlerts)
                _chosen.Add(row.AlertId);
    }

    Task AcknowledgeOne(AlertView alert)
    {
        _acknowledging = [alert.AlertId];
        return _acknowledge?.Open(Words.Sentence(alert)) ?? Task.CompletedTask;
    }

    Task AcknowledgeChosen()
    {
        _acknowledging = [.. _chosen];
        return _acknowledge?.Open(ChosenText) ?? Task.CompletedTask;
    }

    Task SilenceChosen() => _silence?.Open(ChosenText) ?? Task.CompletedTask;

    async Task<string?> SendSilence(string why, Guid command)
    {
        var alerts = _chosen.Select(id => Raised.Find(id, _caller)).OfType<AlertView>().ToList();
        try
        {
            await Silences.AddFor(alerts, Clock.Now.AddHours(_silenceHours), why, command, _caller, _gone.Token);
        }
        catch (ServiceException e)
        {
            return e.Text;
        }
        catch (Exception e) when (e is ForbiddenException or DbException or TimeoutException)
        {
            return T["SilenceFailed", e.Message];
        }
        _chosen.Clear();
        _said = T["SilenceSent", Number(alerts.Count)];
        _saidUntil = Clock.Now + Said;
        return null;
    }

    Task CloseOne(AlertView alert)
    {
        _closing = alert.AlertId;
        return _close?.Open(Words.Sentence(alert)) ?? Task.CompletedTask;
    }

    async Task<string?> SendAcknowledge(string comment, Guid command)
    {
        BulkOutcome? outcome = null;
        var problem = await Outcomes.Give(async () =>
        {
            outcome = await Commands.Acknowledge(_acknowledging, comment, command, _caller, _gone.Token);
            return outcome.Outcome == CommandOutcome.Sent && outcome.Sent.Count == 0 ? CommandOutcome.Over : outcome.Outcome;
        });
        if (problem is null && outcome is not null)
        {
            _chosen.ExceptWith(_acknowledging);
            _said = outcome.Left.Count == 0 ? T["AcknowledgeSent", Number(outcome.Sent.Count)]
                : T["AcknowledgePartly", Number(outcome.Sent.Count), Number(outcome.Left.Count)];
            _saidUntil = Clock.Now + Said;
        }
        return problem;
    }

    async Task<string?> SendClose(string reason, Guid command)
    {
        var problem = await Outcomes.Give(() => Commands.Close(_closing, reason, command, _caller, _gone.Token));
        if (problem is null)
        {
            _said = T["CloseSent"];
            _saidUntil = Clock.Now + Said;
        }
        return problem;
    }

    async Task LoadViews()
    {
        try
        {
            _views = await Saved.List(_caller, _gone.Token);
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            _views = []; // the board itself is in memory, and shown without a database
        }
    }

    async Task<string?> SaveView(string name)
    {
        try
        {
            var outcome = await Saved.Save(name, _filter.ToQuery(), _caller, _gone.Token);
            await LoadViews();
            return outcome == SaveOutcome.Saved ? null : T[$"Save{outcome}"].Value;
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            return T["SaveFailed"];
        }
    }

    async Task DeleteView(string name)
    {
        try
        {
            await Saved.Delete(name, _caller, _gone.Token);
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            _said = T["SaveFailed"];
        }
        await LoadViews();
    }

    static string? Text(ChangeEventArgs e) => e.Value is string { Length: > 0 } text ? text : null;

    static string Pressed(bool value) => value ? "true" : "false";

    static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
