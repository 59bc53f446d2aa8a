package carillon.rpc.provision;

/** Which phones a layer is for. The more particular scope comes later, and the later layer wins. */
public sealed interface LayerScope {
    /** Whether a phone is in it. */
    boolean has(PhoneFacts phone);

    /** How particular it is: of two layers the one with the greater number wins, whatever their priorities. */
    int particularity();

    /** All phones. */
    record All() implements LayerScope {
        @Override
        public boolean has(PhoneFacts phone) {
            return true;
        }

        @Override
        public int particularity() {
            return 0;
        }
    }

    /**
     * Phones of a model.
     *
     * @param productClass as phones report it, in any case; a star at the end stands for any rest
     */
    record Model(String productClass) implements LayerScope {
        @Override
        public boolean has(PhoneFacts phone) {
            String model = phone.productClass();
            if (productClass.endsWith("*")) {
                int length = productClass.length() - 1;
                return model.regionMatches(true, 0, productClass, 0, length);
            }
            return model.equalsIgnoreCase(productClass);
        }

        @Override
        public int particularity() {
            return 1;
        }
    }

    /** Phones with a tag. */
    record Tag(String tag) implements LayerScope {
        @Override
        public boolean has(PhoneFacts phone) {
            return phone.tags().contains(tag);
        }

        @Override
        public int particularity() {
            return 2;
        }
    }

    /** Phones of a site. */
    record Site(String site) implements LayerScope {
        @Override
        public boolean has(PhoneFacts phone) {
            return phone.site().equals(site);
        }

        @Override
        public int particularity() {
            return 3;
        }
    }

    /**
     * One phone.
     *
     * @param device its id, encoded
     */
    record Device(String device) implements LayerScope {
        @Override
        public boolean has(PhoneFacts phone) {
            return phone.device().equals(device);
        }

        @Override
        public int particularity() {
            return 4;
        }
    }
}
