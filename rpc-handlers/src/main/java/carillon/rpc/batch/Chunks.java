package carillon.rpc.batch;

import java.util.ArrayList;
import java.util.List;

/** A long list that grows at its end and is never changed: what is added costs what is added, not what is there. */
public record Chunks<T>(List<List<T>> lists, int size) {
    private static final int SMALL = 256;

    public Chunks {
        lists = List.copyOf(lists);
    }

    /** Of these. */
    public static <T> Chunks<T> of(List<T> all) {
        return new Chunks<T>(List.of(), 0).plus(all);
    }

    /** With more at the end. */
    public Chunks<T> plus(List<T> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<List<T>> next = new ArrayList<>(lists);
        int last = next.size() - 1;
        if (last >= 0 && next.get(last).size() + more.size() <= SMALL) {
            List<T> together = new ArrayList<>(next.get(last));
            together.addAll(more);
            next.set(last, List.copyOf(together));
        } else {
            next.add(List.copyOf(more));
        }
        return new Chunks<>(next, size + more.size());
    }

    /** Those from one place to before another. */
    public List<T> slice(int from, int to) {
        List<T> out = new ArrayList<>(Math.max(0, Math.min(to, size) - from));
        int start = 0;
        for (List<T> list : lists) {
            int end = start + list.size();
            if (end > from && start < to) {
                out.addAll(list.subList(Math.max(0, from - start), Math.min(list.size(), to - start)));
            }
            start = end;
        }
        return out;
    }

    /** All of them. */
    public List<T> all() {
        return slice(0, size);
    }
}
